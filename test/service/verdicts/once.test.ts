import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PresentationJson } from '../../../src/request/presentation.ts';
import type { PresentationRequest } from '../../../src/request/presentation-request.ts';
import { checkPresentation } from '../../../src/service/verdicts/check-presentation.ts';
import { openTestService, type TestService } from '../service.ts';
import { AUDIENCE, pensionRequest, pensionRequestSet, present } from './sample-presentations.ts';

let canbao: TestService;
let request: PresentationRequest;
let presentation: PresentationJson;
beforeAll(async () => {
  canbao = await openTestService();
  request = pensionRequest(canbao);
  presentation = await present(canbao, 'steady-employee', request);
});
afterAll(() => canbao[Symbol.asyncDispose]());

const spent = () => canbao.service.db.selectFrom('spent_nullifier').select('request_id').execute();
const forget = () => sql`delete from spent_nullifier`.execute(canbao.service.db);

const once = async (requestId?: string, input: unknown = presentation) => {
  const { verdict } = await checkPresentation(canbao.service, input, {
    audience: AUDIENCE,
    policy: { once: true },
    ...(requestId && { requestId }),
  });
  return verdict.reason;
};

test('of 1,000 at once with one nullifier exactly one is valid', async () => {
  await forget();
  const reasons = await Promise.all(Array.from({ length: 1000 }, (_, i) => once(`request ${i}`)));
  const winners = [...reasons.keys()].filter((i) => reasons[i] === 'valid');
  expect(winners).toHaveLength(1);
  expect(reasons.filter((reason) => reason === 'nullifier_spent')).toHaveLength(999);
  expect(await spent()).toEqual([{ request_id: `request ${winners[0]}` }]);
});

test('without a request it is spent just so', async () => {
  await forget();
  const reasons = await Promise.all(Array.from({ length: 50 }, () => once()));
  expect(reasons.filter((reason) => reason === 'valid')).toHaveLength(1);
});

test('the request that spent it may answer again, no other', async () => {
  await forget();
  expect(await once('first')).toBe('valid');
  expect(await once('first')).toBe('valid');
  expect(await once('second')).toBe('nullifier_spent');
  expect(await once()).toBe('nullifier_spent');
  expect(await spent()).toEqual([{ request_id: 'first' }]);
});

test('a set spends the same nullifier as a single answer to the same audience and purpose', async () => {
  await forget();
  const set = await present<object>(canbao, 'steady-employee', pensionRequestSet(canbao));
  expect(await once('set', set)).toBe('valid');
  expect(await once('single')).toBe('nullifier_spent');
});

test('what does not hold spends nothing', async () => {
  await forget();
  const { a, b, c } = presentation.proof;
  expect(await once('false', { ...presentation, proof: { a: c, b, c: a } })).toBe('invalid_proof');
  expect(await spent()).toEqual([]);
  expect(await once('true')).toBe('valid');
});

test('without `once` nothing is spent', async () => {
  await forget();
  const { verdict } = await checkPresentation(canbao.service, presentation, {
    request,
    policy: {},
  });
  expect(verdict.reason).toBe('valid');
  expect(await spent()).toEqual([]);
});
