import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEnrolment } from '../../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../../src/holder/keys.ts';
import { readLog } from '../../../src/service/operator-log/operator-log.ts';
import { openTestService, type TestService } from '../service.ts';
import { as } from './operators.ts';

let canbao: TestService;
beforeAll(async () => {
  canbao = await openTestService();
});
afterAll(() => canbao[Symbol.asyncDispose]());

const ID = 'A'.repeat(22);
const routes = [
  ['POST', '/v1/bureau/enrolments', ['clerk']],
  ['POST', '/v1/bureau/imports', ['importer']],
  ['GET', '/v1/bureau/imports', ['importer', 'auditor']],
  ['GET', `/v1/bureau/imports/${ID}`, ['importer', 'auditor']],
  ['GET', `/v1/bureau/imports/${ID}/refusals`, ['importer', 'auditor']],
  ['GET', `/v1/bureau/imports/${ID}/refusals.csv`, ['importer', 'auditor']],
  ['GET', `/v1/bureau/imports/${ID}/events`, ['importer', 'auditor']],
  ['POST', '/v1/bureau/imports/abandon', ['importer']],
  ['GET', '/v1/bureau/epochs', ['closer', 'auditor']],
  ['GET', '/v1/bureau/epochs/next', ['closer', 'auditor']],
  ['POST', '/v1/bureau/epochs', ['closer']],
  ['POST', '/v1/bureau/epochs/check', ['closer']],
  ['GET', '/v1/bureau/closings', ['closer', 'auditor']],
  ['GET', `/v1/bureau/closings/${ID}`, ['closer', 'auditor']],
  ['GET', '/v1/bureau/imports/unfinished', ['importer', 'auditor']],
  ['POST', '/v1/bureau/audits', ['auditor']],
  ['GET', '/v1/bureau/audits', ['auditor']],
  ['GET', `/v1/bureau/audits/${ID}`, ['auditor']],
  ['GET', '/v1/bureau/session', ['clerk', 'importer', 'closer', 'auditor']],
  ['GET', '/v1/bureau/log', ['auditor']],
] as const;
const everyRole = ['clerk', 'importer', 'closer', 'auditor', 'admin'] as const;

test.each(routes)('%s %s is for its roles alone', async (method, url, allowed) => {
  const { app } = canbao;
  const bare = await app.inject({ method, url });
  expect(bare.statusCode).toBe(401);
  expect(bare.headers['www-authenticate']).toBe('Bearer realm="canbao"');
  expect(bare.json()).toMatchObject({ code: 'operator.no_token' });
  const bad = await app.inject({ method, url, headers: { authorization: 'Bearer x.y.z' } });
  expect(bad.statusCode).toBe(401);
  expect(bad.headers['www-authenticate']).toContain('error="invalid_token"');
  for (const role of everyRole) {
    const answer = await app.inject({ method, url, headers: await as(canbao, role) });
    const may = role === 'admin' || (allowed as readonly string[]).includes(role);
    const isRefused = answer.statusCode === 403 && answer.json().code === 'operator.wrong_role';
    expect([role, isRefused]).toEqual([role, !may]);
    expect(answer.statusCode).not.toBe(500);
  }
});

test('refusals by role are in the log, and what strangers ask is not', async () => {
  const before = (await readLog(canbao.service, { limit: 1 }))[0]?.id ?? 0;
  await canbao.app.inject({ url: '/v1/bureau/log' });
  const headers = await as(canbao, 'clerk');
  await canbao.app.inject({ url: `/v1/bureau/imports/someone`, headers });
  const [entry, ...more] = (await readLog(canbao.service, { limit: 9 })).filter(
    ({ id }) => id > before,
  );
  expect(more).toEqual([]);
  expect(entry).toMatchObject({
    ...{ operator: 'test-clerk', role: 'clerk', action: 'import.read' },
    ...{ facts: {}, outcome: 'operator.wrong_role' },
  });
});

test('rows of the log are not changed, and not deleted before their time', async () => {
  const { db } = canbao.service;
  const log = sql.table('operator_log');
  await expect(sql`update ${log} set outcome = 'ok'`.execute(db)).rejects.toThrow(/only added/);
  await expect(sql`delete from ${log}`.execute(db)).rejects.toThrow(/only added/);
  await expect(sql`truncate ${log}`.execute(db)).rejects.toThrow(/only added/);
});

const keysOf = (n: number) => deriveHolderKeys(new Uint8Array(32).fill(n));

test('a clerk enrols a person: the key counts, and no number is anywhere', async () => {
  const { app, service, logged } = canbao;
  const { idNumber } = canbao.holder('pension-ready');
  const enrolment = createEnrolment(keysOf(1));
  const headers = await as(canbao, 'clerk');
  const send = (payload: object) =>
    app.inject({ method: 'POST', url: '/v1/bureau/enrolments', headers, payload });
  const answer = await send({ idNumber, enrolment });
  expect(answer.json()).toMatchObject({ kind: 'person', identityMonth: expect.any(String) });
  expect(answer.statusCode).toBe(200);
  const taken = await send({ idNumber: canbao.holders[1]?.idNumber, enrolment });
  expect(taken.json()).toMatchObject({ code: 'ledger.commitment_taken' });
  const wrongField = await send({ creditCode: idNumber, enrolment });
  expect(wrongField.statusCode).toBe(400);
  expect(wrongField.body).not.toContain(idNumber.slice(0, 10));
  for (const payload of [{ enrolment }, { idNumber, enrolment: { idNumber } }, { idNumber }]) {
    const refused = await send(payload);
    expect([refused.statusCode, refused.body.includes(idNumber)]).toEqual([400, false]);
  }
  const unknown = await send({ idNumber: '440524188001010014', enrolment });
  expect(unknown.json()).toMatchObject({ code: 'ledger.unknown_person' });

  const entries = await readLog(service, { limit: 10 });
  expect(entries.find(({ outcome }) => outcome === 'ok')).toMatchObject({
    ...{ operator: 'test-clerk', role: 'clerk', action: 'enrol' },
    facts: { kind: 'person', index: answer.json().index },
  });
  expect(entries.map(({ outcome }) => outcome)).toContain('ledger.commitment_taken');
  const kept = `${logged.join('\n')}${JSON.stringify(entries)}`;
  expect(kept).toContain('enrol');
  expect(kept).not.toContain(idNumber);
  expect(kept).not.toContain('440524188001010014');
});

test('the auditor reads the log a page at a time', async () => {
  const headers = await as(canbao, 'auditor');
  const page = async (query: string) =>
    (await canbao.app.inject({ url: `/v1/bureau/log?${query}`, headers })).json();
  const first = await page('limit=3');
  expect(first.entries).toHaveLength(3);
  const second = await page(`limit=3&before=${first.next}`);
  expect(second.entries[0].id).toBeLessThan(first.entries[2].id);
  const again = await page('limit=1');
  expect(again.entries[0]).toMatchObject({ action: 'log.read', outcome: 'ok' });
});
