import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEnrolment, readEnrolment } from '../../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../../src/holder/keys.ts';
import { enrolHolder } from '../../../src/ledger/store/enrol-holder.ts';
import { listEpochs } from '../../../src/ledger/store/epochs.ts';
import { startAuditWorker } from '../../../src/service/bureau/audit-worker.ts';
import { readLog } from '../../../src/service/operator-log/operator-log.ts';
import { openTestService, type TestService } from '../service.ts';
import { as, ended } from './operators.ts';

let canbao: TestService;
let headers: { authorization: string };
beforeAll(async () => {
  canbao = await openTestService();
  headers = await as(canbao, 'auditor');
  await startAuditWorker(canbao.service);
});
afterAll(() => canbao[Symbol.asyncDispose]());

const get = async (url: string, more = {}) =>
  (await canbao.app.inject({ url, headers: { ...headers, ...more } })).json();
async function audit(payload: object = {}) {
  const url = '/v1/bureau/audits';
  const answer = await canbao.app.inject({ method: 'POST', url, headers, payload });
  expect(answer.statusCode).toBe(202);
  const { id } = answer.json();
  return ended(() => get(`${url}/${id}`));
}

test('an audit of a sound ledger finds nothing, and says what it rebuilt', async () => {
  const [epoch] = await listEpochs(canbao.service.bureau.store);
  const done = await audit();
  expect(done).toMatchObject({
    ...{ state: 'done', month: null, operator: 'test-auditor', error: null },
    result: {
      ...{ findings: [], findingCount: 0, unchecked: [] },
      epochs: [{ month: '2026-10', revision: 0, root: String(epoch?.root), ok: true }],
    },
  });
  expect(done.result.epochs[0].totals).toMatchObject({
    accounts: epoch?.accountCount,
    employers: epoch?.employerCount,
  });
  const log = await readLog(canbao.service, { limit: 2 });
  expect(log.map(({ action, outcome, facts }) => [action, outcome, facts.id])).toEqual([
    ['audit.end', 'ok', done.id],
    ['audit.begin', 'ok', done.id],
  ]);
});

test('a record that was changed is found, in words of either language', async () => {
  const { db } = canbao.service;
  const change = (sign: string) =>
    sql`update record set base_fen = base_fen ${sql.raw(sign)} 1000
      where id = (select min(id) from record)`.execute(db);
  await change('+');
  const done = await audit({ month: '2026-10' });
  const codes = done.result.findings.map(({ code }: { code: string }) => code);
  expect(codes).toContain('audit.leaf_changed');
  expect(codes).toContain('audit.root_wrong');
  expect(done.result.epochs).toMatchObject([{ ok: false }]);
  const chinese = await get(`/v1/bureau/audits/${done.id}`, { 'accept-language': 'zh-CN' });
  const texts = [done, chinese].map(({ result }) => result.findings[0].text);
  expect(texts[0]).toMatch(/^[ -~]+$/);
  expect(texts[1]).toMatch(/\p{Script=Han}/u);
  await change('-');
});

test('a month that is not closed ends the audit with its reason', async () => {
  expect(await audit({ month: '2020-01' })).toMatchObject({
    ...{ state: 'failed', result: null },
    error: { code: 'ledger.unknown_epoch' },
  });
  const url = '/v1/bureau/audits';
  for (const payload of [{ month: '2026-1' }, { month: '2026-13' }, { revision: 1 }]) {
    const answer = await canbao.app.inject({ method: 'POST', url, headers, payload });
    expect(answer.statusCode).toBe(400);
  }
});

test('everybody may see what the ledger says of published months', async () => {
  const [epoch] = await listEpochs(canbao.service.bureau.store);
  const { epochs } = (await canbao.app.inject('/v1/epochs/ledger')).json();
  expect(epochs).toMatchObject([
    {
      ...{ month: '2026-10', revision: 0, root: String(epoch?.root), state: 'final' },
      ...{ accounts: epoch?.accountCount, employers: epoch?.employerCount, txHash: epoch?.txHash },
    },
  ]);
  expect(epochs[0].signers.length).toBeGreaterThanOrEqual(2);
});

test('what would come into the next month is told before it is closed', async () => {
  const { store, pepper, present: identityMonth } = canbao.service.bureau;
  const next = { month: '2026-11', openImports: 0, isUnfinished: false, earlierRecords: 0 };
  const none = { imports: 0, accounts: 0, records: 0, facts: 0, enrolments: 0 };
  expect(await get('/v1/bureau/epochs/next')).toMatchObject({ ...next, added: none });
  const key = readEnrolment(createEnrolment(deriveHolderKeys(new Uint8Array(32).fill(9))));
  const [{ idNumber } = { idNumber: '' }] = canbao.holders;
  await enrolHolder(store, { idNumber, pepper, ...key, identityMonth });
  expect(await get('/v1/bureau/epochs/next')).toMatchObject({
    ...next,
    added: { ...none, enrolments: 1 },
  });
});

test('an operator is told who they are; a stranger is not', async () => {
  expect(await get('/v1/bureau/session')).toMatchObject({
    ...{ subject: 'test-auditor', roles: ['auditor'] },
    present: expect.stringMatching(/^\d{4}-\d{2}$/),
  });
  expect((await canbao.app.inject('/v1/bureau/session')).statusCode).toBe(401);
  expect(await get('/v1/bureau/imports/unfinished')).toEqual({ unfinished: null });
});
