import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { createDelegation } from '../../../src/prove/delegation.ts';
import { startProofWorker } from '../../../src/service/proofs/proof-worker.ts';
import type { SampleHolder } from '../../../src/service/sample-ledger.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { logIn } from '../holders/holder-client.ts';
import { openTestService, type TestService } from '../service.ts';
import { ended, months, monthsSet, order } from './orders.ts';

let canbao: TestService;
let skew = 0;
let me: SampleHolder;
let headers: { authorization: string };
beforeAll(async () => {
  canbao = await openTestService({ clock: () => systemClock() + skew });
  await startProofWorker(canbao.service, { concurrency: 2 });
  me = canbao.holder('pension-ready');
});
afterAll(() => canbao[Symbol.asyncDispose]());
beforeEach(async () => {
  skew = 0;
  await canbao.service.db.deleteFrom('proof_job').execute();
  headers = await logIn(canbao.app, me.keys);
});

const verify = async (presentation: unknown, request: unknown) => {
  const payload = { presentation, request };
  const url = '/v1/presentations/verify';
  return (await canbao.app.inject({ method: 'POST', url, payload })).json();
};

test('a proof ordered is made, verifies, and what it was made from is gone', async () => {
  const request = months(canbao, me.paidMonths);
  const delegation = createDelegation(request, me.keys, statementRegistry);
  const answer = await order(canbao, headers, me, request);
  expect(answer.statusCode).toBe(202);
  const { id } = answer.json();
  const proof = await ended(canbao, headers, id);
  expect(proof).toMatchObject({ id, state: 'done', progress: 1 });
  expect(await verify(proof.presentation, delegation.request)).toMatchObject({ verified: true });
  const row = await canbao.service.db.selectFrom('proof_job').selectAll().executeTakeFirst();
  expect(row).toMatchObject({ inputs: null, claim: null, attempts: 1 });
});

test('the database and the queue never hold the nullifier key', async () => {
  const { id } = (await order(canbao, headers, me, months(canbao, 1))).json();
  const { db, bureau } = canbao.service;
  const seen = async () => {
    const jobs = await db.selectFrom('proof_job').selectAll().execute();
    const queued = await sql`select * from ${sql.table(`${bureau.store.schema}_jobs.job`)}`.execute(
      db,
    );
    const bytes = jobs.map(({ inputs }) => Buffer.from(inputs ?? []).toString('latin1'));
    return JSON.stringify([jobs, queued.rows]) + bytes.join('');
  };
  const before = await seen();
  await ended(canbao, headers, id);
  const secret = String(me.keys.nullifierKey);
  expect(before).toContain(id);
  for (const text of [before, await seen(), canbao.logged.join('')]) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(me.keys.nullifierKey.toString(16));
  }
});

test.each([
  ['en', /months/],
  ['zh-CN', /月/],
])('a record that does not qualify is told why, in %s', async (language, words) => {
  const request = months(canbao, me.paidMonths + 1);
  const { id } = (await order(canbao, headers, me, request)).json();
  const told = await ended(canbao, { ...headers, 'accept-language': language }, id);
  expect(told).toMatchObject({ state: 'failed', error: { code: 'statement.not_satisfied' } });
  expect(told.error.reasons).toEqual([
    { number: 1, statement: 'coverage@1', text: expect.stringMatching(words) },
  ]);
  expect(told).not.toHaveProperty('presentation');
});

test('a set is proven in full, or the chosen one of it', async () => {
  const all = monthsSet(canbao, 'all', 10, 20);
  const any = monthsSet(canbao, 'any', me.paidMonths + 1, 20);
  const first = (await order(canbao, headers, me, all)).json().id;
  const second = (await order(canbao, headers, me, any, 1)).json().id;
  const failing = (await order(canbao, headers, me, any, 0)).json().id;
  const proofs = [await ended(canbao, headers, first), await ended(canbao, headers, second)];
  expect(proofs.map(({ presentation }) => presentation.proofs.length)).toEqual([2, 1]);
  for (const { presentation } of proofs) {
    expect(await verify(presentation, presentation.requestSet)).toMatchObject({ verified: true });
  }
  const { error } = await ended(canbao, headers, failing);
  expect(error.code).toBe('request_set.not_satisfied');
  expect(error.reasons[0]).toMatchObject({ number: 1 });
});

test.each<[string, () => Promise<{ json(): { code: string } }>, string]>([
  [
    'for another key than the session’s',
    () => order(canbao, headers, canbao.holder('pension-short'), months(canbao, 1)),
    'holder.wrong_key',
  ],
  [
    'for a request that has expired',
    () => order(canbao, headers, me, months(canbao, 1, systemClock() - 1)),
    'request.expired',
  ],
  ['without a session', () => order(canbao, {}, me, months(canbao, 1)), 'holder.no_session'],
])('an order %s is refused', async (_, act, code) => {
  expect((await act()).json().code).toBe(code);
  expect(await canbao.service.db.selectFrom('proof_job').selectAll().execute()).toEqual([]);
});

test('an order that was signed for another request is refused', async () => {
  const payload = {
    ...createDelegation(months(canbao, 1), me.keys, statementRegistry),
    request: createDelegation(months(canbao, 1), me.keys, statementRegistry).request,
  };
  const answer = await canbao.app.inject({ method: 'POST', url: '/v1/proofs', headers, payload });
  expect(answer.json().code).toBe('delegation.not_signed');
});

test.each([{}, { format: 'canbao/delegation@1' }, { request: 1 }])(
  'a body that is no order is a bad request (%o)',
  async (payload) => {
    const answer = await canbao.app.inject({ method: 'POST', url: '/v1/proofs', headers, payload });
    expect(answer.statusCode).toBe(400);
  },
);

test('of ten orders at the same time three are taken', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => order(canbao, headers, me, months(canbao, 1))),
  );
  const taken = answers.filter(({ statusCode }) => statusCode === 202);
  // One that is made meanwhile makes room for another.
  const { length } = await canbao.service.db.selectFrom('proof_job').select('id').execute();
  expect(length).toBe(taken.length);
  expect(answers.find(({ statusCode }) => statusCode !== 202)?.json()).toMatchObject({
    status: 429,
    code: 'proof.too_many_open',
    facts: { open: 3 },
  });
  for (const answer of taken) {
    expect(await ended(canbao, headers, answer.json().id)).toMatchObject({ state: 'done' });
  }
});

test('nobody else sees, cancels or deletes it', async () => {
  const { id } = (await order(canbao, headers, me, months(canbao, 1))).json();
  await ended(canbao, headers, id);
  const other = await logIn(canbao.app, canbao.holder('pension-short').keys);
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/events'],
  ] as const) {
    const url = `/v1/proofs/${id}${path}`;
    const answer = await canbao.app.inject({ method, url, headers: other });
    expect(answer.json()).toMatchObject({ status: 404, code: 'proof.unknown' });
  }
  expect(await ended(canbao, headers, id)).toMatchObject({ state: 'done' });
});

test('one that has ended can be deleted, its presentation with it', async () => {
  const { id } = (await order(canbao, headers, me, months(canbao, 1))).json();
  await ended(canbao, headers, id);
  const url = `/v1/proofs/${id}`;
  const drop = () => canbao.app.inject({ method: 'DELETE', url, headers });
  expect((await drop()).statusCode).toBe(204);
  expect(await canbao.service.db.selectFrom('proof_job').selectAll().execute()).toEqual([]);
  expect((await drop()).statusCode).toBe(404);
});

test('events tell how it goes until it has ended; the token in the address is not logged', async () => {
  const { id } = (await order(canbao, headers, me, months(canbao, 1))).json();
  const token = headers.authorization.slice('Bearer '.length);
  const answer = await canbao.app.inject({
    url: `/v1/proofs/${id}/events?access_token=${token}`,
    headers: { accept: 'text/event-stream' },
  });
  expect(answer.headers['content-type']).toContain('text/event-stream');
  const events = answer.body.split('\n\n').filter((text) => text.includes('data: '));
  const last = events.at(-1) ?? '';
  expect(last).toContain('event: end');
  const data = JSON.parse(/^data: (.*)$/m.exec(last)?.[1] ?? '');
  expect(data).toMatchObject({ id, state: 'done', progress: 1 });
  expect(events.length).toBeGreaterThan(1);
  expect(canbao.logged.join('')).toContain(`/v1/proofs/${id}/events`);
  expect(canbao.logged.join('')).not.toContain(token);
});

test('elsewhere a token in the address opens nothing', async () => {
  const token = headers.authorization.slice('Bearer '.length);
  const answer = await canbao.app.inject({ url: `/v1/bundle?access_token=${token}` });
  expect(answer.statusCode).toBe(401);
});
