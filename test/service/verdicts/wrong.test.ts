import { toHex } from 'viem';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { monthIndex } from '../../../src/core/month.ts';
import { closeEpoch } from '../../../src/jobs/close-epoch.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import type { PresentationJson } from '../../../src/request/presentation.ts';
import type { PresentationRequest } from '../../../src/request/presentation-request.ts';
import {
  checkPresentation,
  type PresentationExpectation,
} from '../../../src/service/verdicts/check-presentation.ts';
import { checkPresentations } from '../../../src/service/verdicts/check-presentations.ts';
import { type Random, seededRandom } from '../../support/random.ts';
import { openTestService, type TestService } from '../service.ts';
import { AUDIENCE, pensionRequest, present } from './sample-presentations.ts';

const EACH = 1000;
const A_BATCH = 100;

let canbao: TestService;
let request: PresentationRequest;
let presentation: PresentationJson;
/** Published too, but not the one the proof is about. */
let otherRoot: string;
let later = 0;
beforeAll(async () => {
  canbao = await openTestService({
    clock: () => Math.floor(Date.now() / 1000) + later,
    verifyThreads: 2,
  });
  request = pensionRequest(canbao);
  presentation = await present(canbao, 'steady-employee', request);
  const { bureau, chain } = canbao.service;
  const { epoch } = await closeEpoch({
    store: bureau.store,
    registry: chain.registry,
    signers: await bureau.signers(),
    submitter: chain.submitter(),
    month: monthIndex(2026, 11),
    hash: await wasmPoseidon(),
  });
  otherRoot = `${epoch.root}`;
});
afterAll(() => canbao[Symbol.asyncDispose]());

type Expected = Pick<PresentationExpectation, 'request' | 'audience'>;

async function verifyBatch(presentations: readonly PresentationJson[], expected: Expected) {
  const named = presentations.map((one, i) => ({ name: `${i}`, presentation: one }));
  const { verdicts } = await checkPresentations(canbao.service, named, { ...expected, policy: {} });
  return verdicts.map(({ verdict }) => verdict);
}

/** Reasons of a thousand wrong ones, a true one among each batch; batches share the threads. */
async function reasonsOf(
  seed: string,
  wrong: (random: Random) => PresentationJson,
  expected: Expected,
): Promise<Record<string, number>> {
  const random = seededRandom(seed);
  const reasons: Record<string, number> = {};
  const batches = Array.from({ length: EACH / A_BATCH }, async () => {
    const some = Array.from({ length: A_BATCH }, () => wrong(random));
    const at = random.int(0, A_BATCH);
    const verdicts = await verifyBatch(some.toSpliced(at, 0, presentation), expected);
    expect(verdicts.splice(at, 1)).toMatchObject([{ valid: true }]);
    expect(verdicts.filter(({ valid }) => valid)).toEqual([]);
    for (const { reason } of verdicts) reasons[reason] = (reasons[reason] ?? 0) + 1;
  });
  await Promise.all(batches);
  return reasons;
}

const withRequest = (change: Partial<PresentationJson['request']>): PresentationJson => ({
  ...presentation,
  request: { ...presentation.request, ...change },
});
const otherOrigin = (random: Random) => `https://v${random.bits(64).toString(36)}.test`;
const otherNonce = (random: Random) => toHex(random.fr(), { size: 32 });
const otherContract = (random: Random) => `0x${random.bits(160).toString(16).padStart(40, '0')}`;
const own = () => ({ request });

test('what was made for another verifier is not taken', async () => {
  const made = (random: Random) => withRequest({ audience: otherOrigin(random) });
  expect(await reasonsOf('audience', made, { audience: AUDIENCE })).toEqual({
    wrong_audience: EACH,
  });
  expect(await reasonsOf('audience', made, own())).toEqual({ wrong_request: EACH });
});

test('what is shown to another verifier is not taken, nor rewritten for them', async () => {
  const random = seededRandom('verifier');
  for (let i = 0; i < EACH; i++) {
    const audience = otherOrigin(random);
    const verdicts = await verifyBatch([presentation, withRequest({ audience })], { audience });
    expect(verdicts).toMatchObject([
      { valid: false, reason: 'wrong_audience' },
      { valid: false, reason: 'invalid_proof' },
    ]);
  }
});

test('another nonce is not taken', async () => {
  const made = (random: Random) => withRequest({ nonce: otherNonce(random) });
  expect(await reasonsOf('nonce', made, own())).toEqual({ wrong_request: EACH });
  expect(await reasonsOf('nonce', made, { audience: AUDIENCE })).toEqual({ invalid_proof: EACH });
});

test('another chain is not taken', async () => {
  const made = (random: Random) => {
    const { domain } = presentation.request;
    const chainId = domain.chainId + random.int(1, 2 ** 31);
    return withRequest({ domain: { ...domain, chainId } });
  };
  expect(await reasonsOf('chain', made, { audience: AUDIENCE })).toEqual({ wrong_request: EACH });
  expect(await reasonsOf('chain', made, own())).toEqual({ wrong_request: EACH });
});

test('another contract is not taken', async () => {
  const made = (random: Random) =>
    withRequest({
      domain: { ...presentation.request.domain, verifyingContract: otherContract(random) },
    });
  expect(await reasonsOf('contract', made, { audience: AUDIENCE })).toEqual({
    wrong_request: EACH,
  });
  expect(await reasonsOf('contract', made, own())).toEqual({ wrong_request: EACH });
});

test('another epoch is not taken', async () => {
  const made = (random: Random) => ({ ...presentation, epochRoot: `${random.fr()}` });
  expect(await reasonsOf('epoch', made, own())).toEqual({ unknown_root: EACH });
  // A published root that it is not about, with a nullifier of its own each time.
  const moved = (random: Random) => ({
    ...presentation,
    epochRoot: otherRoot,
    nullifier: random.int(0, 1) ? presentation.nullifier : `${random.fr()}`,
  });
  expect(await reasonsOf('moved', moved, own())).toEqual({ invalid_proof: EACH });
});

test('what has expired is not taken, nor given more time', async () => {
  const given = (random: Random) =>
    withRequest({ expiresAt: request.expiresAt + random.int(1, 10 ** 9) });
  const expected = { audience: AUDIENCE };
  expect(await reasonsOf('more time', given, expected)).toEqual({ invalid_proof: EACH });
  const gone = (random: Random) =>
    withRequest({ expiresAt: request.expiresAt - random.int(3600, 10 ** 9) });
  expect(await reasonsOf('expired', gone, expected)).toEqual({ expired: EACH });

  const random = seededRandom('later');
  try {
    for (let i = 0; i < EACH / A_BATCH; i++) {
      later = random.int(3600, 10 ** 8);
      const verdicts = await verifyBatch(Array(A_BATCH).fill(presentation), own());
      expect(verdicts.every(({ reason }) => reason === 'expired')).toBe(true);
    }
  } finally {
    later = 0;
  }
  expect(await verifyBatch([presentation], own())).toMatchObject([{ valid: true }]);
});

test('a ledger replaced longer ago than the verifier accepts is not taken', async () => {
  const check = (maxStalenessDays: number) =>
    checkPresentation(canbao.service, presentation, { request, policy: { maxStalenessDays } });
  later = 1800;
  try {
    const { verdict } = await check(0);
    expect(verdict).toMatchObject({ valid: false, reason: 'superseded' });
    expect((await check(1)).verdict).toMatchObject({ valid: true });
  } finally {
    later = 0;
  }
});
