import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeAnyRequest } from '../../../src/request/any-request.ts';
import type { PresentationJson } from '../../../src/request/presentation.ts';
import {
  createRequest,
  type PresentationRequest,
} from '../../../src/request/presentation-request.ts';
import type { PresentationSetJson } from '../../../src/request/presentation-set.ts';
import { coverageStatement } from '../../support/request.ts';
import { openTestService, type TestService } from '../service.ts';
import {
  AUDIENCE,
  pensionParams,
  pensionRequest,
  pensionRequestSet,
  present,
} from './sample-presentations.ts';

let canbao: TestService;
let request: PresentationRequest;
let first: PresentationJson;
let second: PresentationJson;
/** Of the first holder, for another purpose. */
let elsewhere: PresentationJson;
let set: PresentationSetJson;
beforeAll(async () => {
  canbao = await openTestService({ verifyThreads: 2 });
  request = pensionRequest(canbao);
  first = await present(canbao, 'steady-employee', request);
  second = await present(canbao, 'pension-short', request);
  const { domain, expiresAt } = request;
  const otherPurpose = createRequest({
    ...{ domain, expiresAt, audience: AUDIENCE, purpose: 'other' },
    ...{ statement: coverageStatement(), params: pensionParams() },
  });
  elsewhere = await present(canbao, 'steady-employee', otherPurpose);
  set = await present(canbao, 'steady-employee', pensionRequestSet(canbao));
});
afterAll(() => canbao[Symbol.asyncDispose]());

const verify = (presentations: readonly object[], rest: object = { audience: AUDIENCE }) =>
  canbao.app.inject({
    method: 'POST',
    url: '/v1/presentations/verify-batch',
    body: { presentations, ...rest },
  });
const named = (name: string, presentation: unknown) => ({ name, presentation });

test('a list of 120, with what is wrong in it by name', async () => {
  const { a, b, c } = first.proof;
  const wrong = new Map<number, [unknown, string]>([
    [3, [{ ...first, proof: { a: c, b, c: a } }, 'invalid_proof']],
    [17, [{ ...second, nullifier: first.nullifier }, 'invalid_proof']],
    [40, [{ ...first, epochRoot: '1' }, 'unknown_root']],
    [41, ['not a presentation', 'malformed']],
    [77, [{ ...first, proof: undefined }, 'malformed']],
    [78, [set, 'wrong_request']],
    [119, [elsewhere, 'wrong_request']],
  ]);
  const list = Array.from({ length: 120 }, (_, i) =>
    named(`员工 ${i}`, wrong.get(i)?.[0] ?? (i % 2 ? second : first)),
  );
  const answer = await verify(list, { request: encodeAnyRequest(request) });
  expect(answer.statusCode).toBe(200);
  const { verified, summary, verdicts } = answer.json();
  expect(verified).toBe(false);
  expect(summary).toEqual({
    total: 120,
    verified: 113,
    refused: 5,
    malformed: 2,
    repeated: 111,
    holders: 2,
  });
  expect(verdicts).toHaveLength(120);
  for (const [i, verdict] of verdicts.entries()) {
    expect(verdict).toMatchObject({
      name: `员工 ${i}`,
      verified: !wrong.has(i),
      reason: wrong.get(i)?.[1] ?? 'valid',
    });
  }
  expect(verdicts[41].detail).toMatchObject({ code: 'presentation.malformed' });
  expect(verdicts[0]).not.toHaveProperty('repeats');
  expect(verdicts[1]).not.toHaveProperty('repeats');
  expect(verdicts[2]).toMatchObject({ repeats: '员工 0', nullifier: first.nullifier });
  // What is false says nothing of whose it is.
  expect(verdicts[17]).not.toHaveProperty('repeats');
});

test('a list in order is verified as a whole', async () => {
  const answer = await verify([named('a', first), named('b', second)]);
  expect(answer.json()).toMatchObject({
    verified: true,
    summary: { total: 2, verified: 2, refused: 0, malformed: 0, repeated: 0, holders: 2 },
    verdicts: [{ name: 'a', anonymitySet: expect.any(Number) }, { name: 'b' }],
  });
});

test('a set counts as its holder', async () => {
  const answer = await verify([named('one', first), named('set', set)]);
  expect(answer.json()).toMatchObject({
    summary: { verified: 2, repeated: 1, holders: 1 },
    verdicts: [{ name: 'one' }, { name: 'set', repeats: 'one', answers: [{}, {}] }],
  });
});

test('over several purposes nobody can tell how many holders there are', async () => {
  const { summary } = (await verify([named('a', first), named('b', elsewhere)])).json();
  expect(summary).toMatchObject({ verified: 2, repeated: 0 });
  expect(summary).not.toHaveProperty('holders');
});

test('nothing is spent: the same list again is verified again', async () => {
  const list = [named('a', first)];
  expect((await verify(list)).json()).toMatchObject({ verified: true });
  expect((await verify(list)).json()).toMatchObject({ verified: true });
  const once = await verify(list, { audience: AUDIENCE, policy: { once: true } });
  expect(once.json()).toMatchObject({ status: 400, code: 'verdict.once_unkept' });
});

test('what is no list is a problem', async () => {
  expect((await verify([])).statusCode).toBe(400);
  expect((await verify([named('', first)])).statusCode).toBe(400);
  const many = Array.from({ length: 501 }, (_, i) => named(`${i}`, null));
  expect((await verify(many)).statusCode).toBe(400);
  expect(
    (await verify([named('a', first), named('b', first), named('b', second)])).json(),
  ).toMatchObject({
    status: 400,
    code: 'verdict.repeated_name',
    facts: { number: 3 },
  });
});

test('five hundred go in at once, more than other routes take', async () => {
  const bulky = { ...first, proof: { ...first.proof, note: 'x'.repeat(4000) } };
  const answer = await verify(Array.from({ length: 500 }, (_, i) => named(`${i}`, bulky)));
  expect(answer.statusCode).toBe(200);
  expect(answer.json().summary).toMatchObject({ total: 500, malformed: 500 });
});
