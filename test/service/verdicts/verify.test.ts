import { afterAll, beforeAll, expect, test } from 'vitest';
import { toEpochRoot } from '../../../src/core/brands.ts';
import { encodeAnyRequest } from '../../../src/request/any-request.ts';
import type { PresentationJson } from '../../../src/request/presentation.ts';
import type { PresentationRequest } from '../../../src/request/presentation-request.ts';
import type { PresentationSetJson } from '../../../src/request/presentation-set.ts';
import type { RequestSet } from '../../../src/request/request-set.ts';
import { publishedRoots } from '../../../src/service/verdicts/published-roots.ts';
import { openTestService, type TestService } from '../service.ts';
import {
  AUDIENCE,
  PURPOSE,
  pensionRequest,
  pensionRequestSet,
  present,
} from './sample-presentations.ts';

let canbao: TestService;
let request: PresentationRequest;
let presentation: PresentationJson;
let requestSet: RequestSet;
let presentationSet: PresentationSetJson;
beforeAll(async () => {
  canbao = await openTestService();
  request = pensionRequest(canbao);
  presentation = await present(canbao, 'steady-employee', request);
  requestSet = pensionRequestSet(canbao);
  presentationSet = await present(canbao, 'steady-employee', requestSet);
});
afterAll(() => canbao[Symbol.asyncDispose]());

const verify = (body: object, headers = {}) =>
  canbao.app.inject({ method: 'POST', url: '/v1/presentations/verify', body, headers });

test('a true one is verified, with all that belongs beside it', async () => {
  const answer = await verify({ presentation, request: encodeAnyRequest(request) });
  expect(answer.statusCode).toBe(200);
  const epochs = await canbao.service.db.selectFrom('epoch').selectAll().execute();
  expect(answer.json()).toEqual({
    verified: true,
    reason: 'valid',
    text: 'Valid: the record as of 2026-10 satisfies the request.',
    notes: ['Development keys: this proves nothing in earnest.'],
    statement: 'coverage@1',
    asks: expect.stringContaining('2021-01'),
    params: expect.objectContaining({ minMonths: '6', insurance: '0' }),
    audience: AUDIENCE,
    audienceChecked: true,
    purpose: PURPOSE,
    expiresAt: request.expiresAt,
    scope: expect.stringMatching(/^\d{50,}$/),
    nullifier: presentation.nullifier,
    epoch: {
      month: '2026-10',
      revision: 0,
      root: presentation.epochRoot,
      publishedAt: expect.any(Number),
    },
    key: { status: 'development', contributions: expect.any(Number) },
    anonymitySet: epochs[0]?.account_count,
  });
});

test('how many a holder is one of is known for people and employers', async () => {
  const roots = publishedRoots(canbao.service);
  const root = toEpochRoot(BigInt(presentation.epochRoot));
  const { db } = canbao.service;
  const epoch = await db.selectFrom('epoch').selectAll().executeTakeFirstOrThrow();
  expect(epoch.account_count).toBeGreaterThan(0);
  expect(epoch.employer_count).toBeGreaterThan(0);
  expect(await roots.membersOf(root, 'account')).toBe(epoch.account_count);
  expect(await roots.membersOf(root, 'employer')).toBe(epoch.employer_count);
  expect(await roots.membersOf(toEpochRoot(1n), 'account')).toBeUndefined();
  expect(await roots.membersOf(toEpochRoot(1n), 'employer')).toBeUndefined();
});

test('texts are in the language of the reader', async () => {
  const answer = await verify({ presentation }, { 'accept-language': 'zh-CN,zh;q=0.9' });
  expect(answer.json()).toMatchObject({
    text: '有效：截至2026年10月的记录满足请求。',
    asks: expect.stringContaining('2021年1月'),
  });
});

test('that nobody checked whom it is for is said', async () => {
  expect((await verify({ presentation })).json()).toMatchObject({
    verified: true,
    audienceChecked: false,
    notes: expect.arrayContaining(['Nobody checked whom it was made for.']),
  });
  expect((await verify({ presentation, audience: AUDIENCE })).json()).toMatchObject({
    verified: true,
    audienceChecked: true,
  });
});

test('an answer to a set is one verdict, with an answer a proof', async () => {
  const asked = encodeAnyRequest(requestSet);
  const answer = await verify({ presentation: presentationSet, request: asked });
  expect(answer.json()).toMatchObject({
    verified: true,
    mode: 'all',
    requests: 2,
    nullifier: presentation.nullifier,
    epoch: { root: presentation.epochRoot },
    anonymitySet: expect.any(Number),
    answers: [
      { index: 0, verified: true, statement: 'coverage@1', params: { minMonths: '6' } },
      { index: 1, verified: true, statement: 'coverage@1', params: { minMonths: '7' } },
    ],
  });
  expect((await verify({ presentation, request: asked })).json()).toMatchObject({
    verified: false,
    reason: 'wrong_request',
  });
});

test('an answer that leaves a request of a set out is false', async () => {
  const short = { ...presentationSet, proofs: presentationSet.proofs.slice(1) };
  const answer = await verify({ presentation: short, audience: AUDIENCE });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ verified: false, reason: 'incomplete', answers: [] });
});

test.each([
  [
    'a changed request',
    (one: PresentationJson) => ({
      ...one,
      request: { ...one.request, params: { ...one.request.params, minMonths: '5' } },
    }),
    'invalid_proof',
  ],
  ['a changed nullifier', (one: PresentationJson) => ({ ...one, nullifier: '1' }), 'invalid_proof'],
  [
    'points swapped',
    (one: PresentationJson) => ({ ...one, proof: { ...one.proof, a: one.proof.c } }),
    'invalid_proof',
  ],
  ['an unknown root', (one: PresentationJson) => ({ ...one, epochRoot: '1' }), 'unknown_root'],
  [
    'an unknown statement',
    (one: PresentationJson) => ({ ...one, request: { ...one.request, statement: 'wealth@1' } }),
    'unknown_statement',
  ],
])('%s is told as false, without an anonymity set', async (_, change, reason) => {
  const answer = await verify({ presentation: change(presentation) });
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({ verified: false, reason });
  expect(answer.json()).not.toHaveProperty('anonymitySet');
});

test.each<[string, (one: PresentationJson) => unknown, string]>([
  ['nothing', () => undefined, 'http.bad_request'],
  ['null', () => null, 'presentation.malformed'],
  ['a text', () => 'a proof', 'presentation.malformed'],
  ['one without a proof', ({ proof: _, ...rest }) => rest, 'presentation.malformed'],
  [
    'a number at the field’s order',
    (one) => ({
      ...one,
      nullifier: '21888242871839275222246405745257275088548364400416034343698204186575808495617',
    }),
    'presentation.malformed',
  ],
  [
    'another format',
    (one) => ({ ...one, format: 'canbao/presentation@2' }),
    'presentation.malformed',
  ],
  [
    'a set without proofs',
    () => ({ format: 'canbao/presentation-set@1' }),
    'presentation_set.malformed',
  ],
  [
    'an audience that is none',
    (one) => ({ ...one, request: { ...one.request, audience: 'you' } }),
    'request.bad_audience',
  ],
  [
    'params that do not fit',
    (one) => ({ ...one, request: { ...one.request, params: {} } }),
    'statement.bad_params',
  ],
])('%s is no presentation: a problem with a code', async (_, change, code) => {
  const answer = await verify({ presentation: change(presentation) });
  expect(answer.statusCode).toBe(400);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ code, status: 400 });
});

test('what cannot be kept to is refused: once, and another registry', async () => {
  expect((await verify({ presentation, policy: { once: true } })).json()).toMatchObject({
    status: 400,
    code: 'verdict.once_unkept',
  });
  const elsewhere = encodeAnyRequest({ ...request, domain: { ...request.domain, chainId: 1 } });
  expect((await verify({ presentation, request: elsewhere })).json()).toMatchObject({
    status: 400,
    code: 'verdict.other_registry',
    facts: { chainId: 1 },
  });
});

test('a policy nobody knows is refused', async () => {
  expect((await verify({ presentation, policy: { maxStalenessDays: -1 } })).statusCode).toBe(400);
  expect((await verify({ presentation, policy: { never: true } })).statusCode).toBe(400);
});

test('nothing of a presentation is logged', async () => {
  const secret = presentation.proof.a[0] ?? '';
  expect(canbao.logged.length).toBeGreaterThan(0);
  expect(canbao.logged.filter((line) => line.includes(secret))).toEqual([]);
  expect(canbao.logged.filter((line) => line.includes(presentation.nullifier))).toEqual([]);
});
