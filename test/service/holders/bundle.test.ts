import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedTables } from '../../../src/authority/feed/feed-table.ts';
import { addMonths, monthIndex } from '../../../src/core/month.ts';
import { decodeAnyBundle } from '../../../src/holder/any-bundle.ts';
import { createEnrolment } from '../../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../../src/holder/keys.ts';
import { closeEpoch } from '../../../src/jobs/close-epoch.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { enrolByBureau } from '../../../src/service/bureau/enrol.ts';
import { openTestService, type TestService } from '../service.ts';
import { logIn, tryLogin } from './holder-client.ts';

const OCTOBER = monthIndex(2026, 10);
let canbao: TestService;
beforeAll(async () => {
  canbao = await openTestService();
});
afterAll(() => canbao[Symbol.asyncDispose]());

const get = (headers: object, month?: string) =>
  canbao.app.inject({
    url: `/v1/bundle${month === undefined ? '' : `?month=${month}`}`,
    headers: { ...headers },
  });

async function close(month = OCTOBER) {
  const { bureau } = canbao.service;
  const chain = await bureau.chain();
  await closeEpoch({
    ...{ store: bureau.store, registry: chain.registry, signers: await bureau.signers(), month },
    ...{ submitter: chain.submitter(), hash: await wasmPoseidon(), persistChain: chain.persist },
  });
}

test('a holder gets the own record under the last final month, and no cache keeps it', async () => {
  const { keys } = canbao.holder('pension-ready');
  const answer = await get(await logIn(canbao.app, keys));
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['cache-control']).toBe('no-store');
  const opening = decodeAnyBundle(answer.json());
  expect(opening.holderCommitment).toBe(keys.commitment);
  expect(opening.epoch.month).toBe(OCTOBER);
  const month = await get(await logIn(canbao.app, keys), '2026-10');
  expect(month.body).toBe(answer.body);
});

test.each([
  ['2026-09', 404, 'ledger.unknown_epoch'],
  ['2026-13', 400, 'http.bad_request'],
  ['', 400, 'http.bad_request'],
])('month %s is answered %i', async (month, status, code) => {
  const answer = await get(await logIn(canbao.app, canbao.holder('pension-ready').keys), month);
  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
});

test.each([{}, { authorization: 'Bearer x' }, { authorization: 'Basic x' }])(
  'nobody else gets it (%o)',
  async (headers) => {
    const answer = await get(headers);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toContain('Bearer');
  },
);

test('the key before is locked out at once, the new one gets months that commit to it', async () => {
  const { keys, idNumber } = canbao.holder('pension-short');
  const before = await logIn(canbao.app, keys);
  const next = deriveHolderKeys(new Uint8Array(32).fill(77));
  await enrolByBureau(canbao.service, { idNumber }, createEnrolment(next));

  expect((await get(before)).json().code).toBe('holder.superseded');
  expect((await tryLogin(canbao.app, keys)).json().code).toBe('holder.superseded');
  const headers = await logIn(canbao.app, next);
  expect((await get(headers)).json()).toMatchObject({
    code: 'holder.not_in_epoch',
    facts: { epoch: '2026-10' },
  });

  await close(addMonths(OCTOBER, 1));
  const opening = decodeAnyBundle((await get(headers)).json());
  expect(opening.holderCommitment).toBe(next.commitment);
  expect(opening.epoch.month).toBe(addMonths(OCTOBER, 1));
  expect((await get(headers, '2026-10')).json().code).toBe('holder.not_in_epoch');
  expect((await get(before)).statusCode).toBe(403);

  // The history of keys is kept.
  const { store } = canbao.service.bureau;
  const { count } = store.db.fn;
  const enrolled = await store.db
    .selectFrom('enrolment')
    .select(count<number>('id').as('keys'))
    .groupBy('account_index')
    .orderBy('keys', 'desc')
    .executeTakeFirst();
  expect(enrolled).toEqual({ keys: 2 });
});

test('an employer gets its standing', async () => {
  const { store } = canbao.service.bureau;
  const { credit_code } = await store.db
    .selectFrom('employer')
    .select('credit_code')
    .where('employer_index', '=', 0)
    .executeTakeFirstOrThrow();
  const keys = deriveHolderKeys(new Uint8Array(32).fill(78));
  await enrolByBureau(canbao.service, { creditCode: credit_code }, createEnrolment(keys));
  const headers = await logIn(canbao.app, keys);
  expect((await get(headers)).json().code).toBe('holder.not_in_epoch');
  await close(addMonths(OCTOBER, 2));
  const opening = decodeAnyBundle((await get(headers)).json());
  expect('employer' in opening && opening.holderCommitment).toBe(keys.commitment);
});

test('public keys are no part of what is copied to other authorities', () => {
  const columns = feedTables.flatMap(({ name, columns }) => [name, ...columns.map((c) => c.name)]);
  expect(columns).not.toContain('ax');
  expect(columns).not.toContain('holder_key');
});
