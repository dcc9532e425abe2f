import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemRandom } from '../../src/core/random.ts';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { deriveHolderKeys } from '../../src/holder/keys.ts';
import { openKeyStore } from '../../src/keys/key-store.ts';
import { setFailuresOf } from '../../src/prove/check-request-set.ts';
import { createAnyPresentation } from '../../src/prove/create-any.ts';
import {
  createPresentationSet,
  type SetProvingTask,
} from '../../src/prove/create-presentation-set.ts';
import { decodeAnyPresentation, encodeAnyPresentation } from '../../src/request/any-request.ts';
import {
  encodePresentationSet,
  type PresentationSet,
  type PresentationSetJson,
  presentationsOf,
} from '../../src/request/presentation-set.ts';
import { parseRequestSet, type RequestSet } from '../../src/request/request-set.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import type { VerifierPorts } from '../../src/verify/ports.ts';
import { anyVerdictNotes, anyVerdictText } from '../../src/verify/set-texts.ts';
import type { SetVerdict } from '../../src/verify/set-verdict.ts';
import { verifyAnyPresentation, verifyAnyPresentations } from '../../src/verify/verify-any.ts';
import { verifyPresentation } from '../../src/verify/verify-presentation.ts';
import {
  type SetExpectation,
  verifyPresentationSet,
} from '../../src/verify/verify-presentation-set.ts';
import { openingOf, sampleAccount } from '../support/opening.ts';
import { sampleHolder, sampleOpening, samplePorts } from '../support/presentation.ts';
import { NOW, sampleRequest } from '../support/request.ts';
import { asks, sampleRequestSet } from '../support/request-set.ts';

const keyStore = openKeyStore({ production: false });
const prover = wasmProver();
const code = (expected: string) => expect.objectContaining({ code: expected });
const shared = {
  opening: sampleOpening,
  holderKeys: sampleHolder,
  statements: statementRegistry,
  artifacts: async (statement: string) => (await keyStore.get(statement)).artifacts,
  prover,
  clock: () => NOW,
};
const prove = (requestSet: RequestSet, change: Partial<SetProvingTask> = {}) =>
  createPresentationSet({ ...shared, requestSet, ...change });

const ports: VerifierPorts = { ...samplePorts(), keys: { get: (name) => keyStore.get(name) } };
const verify = (
  input: unknown,
  expectation: SetExpectation = {},
  other: Partial<VerifierPorts> = {},
): Promise<SetVerdict> => verifyPresentationSet(input, { ...ports, ...other }, expectation);
const reasonOf = async (...args: Parameters<typeof verify>) => (await verify(...args)).reason;

const both = sampleRequestSet();
let answer: PresentationSet;
const shares: number[] = [];
beforeAll(async () => {
  answer = await prove(both, { onProgress: ({ share }) => shares.push(share) });
}, 240_000);
afterAll(() => prover.close());

const file = (set = answer): PresentationSetJson =>
  JSON.parse(JSON.stringify(encodePresentationSet(set)));
/** `answer` with the proof of its first request replaced. */
const withFirst = (proof: PresentationSet['proofs'][number]['proof'] | undefined) => {
  if (!proof) throw new Error('no proof');
  return { ...answer, proofs: [{ index: 0, proof }, ...answer.proofs.slice(1)] };
};

describe('all of', () => {
  test('two statements of one person are one valid answer', async () => {
    for (const input of [file(), answer]) {
      const verdict = await verify(input, { requestSet: both });
      expect(verdict).toMatchObject({
        ...{ kind: 'set', valid: true, reason: 'valid', mode: 'all', requests: 2 },
        ...{ audienceChecked: true, nullifier: answer.nullifier, epochRoot: answer.epochRoot },
        answers: [
          { index: 0, verdict: { valid: true, statement: 'coverage@1', keyStatus: 'development' } },
          { index: 1, verdict: { valid: true, statement: 'benefit-status@1' } },
        ],
      });
      expect(anyVerdictText(verdict, 'en')).toContain('satisfies all 2 requests');
      expect(anyVerdictText(verdict, 'zh')).toContain('全部2项');
      expect(anyVerdictNotes(verdict, 'en')).toEqual([expect.stringContaining('Development')]);
    }
    expect(decodeAnyPresentation(file(), statementRegistry)).toEqual(answer);
    expect(encodeAnyPresentation(answer)).toEqual(encodePresentationSet(answer));
  });

  test('progress ran over the whole, and never back', () => {
    expect(shares.at(-1)).toBe(1);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  test('each answer stands alone as a presentation', async () => {
    for (const { index, presentation } of presentationsOf(answer)) {
      const request = both.requests[index];
      if (!request) throw new Error('no such request');
      expect(await verifyPresentation(presentation, ports, { request })).toMatchObject({
        valid: true,
        nullifier: answer.nullifier,
      });
    }
  });

  test('one answer missing, twice, out of order or to nothing', async () => {
    const [first, second] = file().proofs;
    const proofs = (...list: unknown[]) => ({ ...file(), proofs: list });
    expect(await verify(proofs(first))).toMatchObject({
      reason: 'incomplete',
      detail: { code: 'presentation_set.incomplete', facts: { number: 2, requests: 2 } },
    });
    expect(anyVerdictText(await verify(proofs(first)), 'en')).toContain('Request 2 of 2');
    expect(await reasonOf(proofs())).toBe('incomplete');
    for (const list of [
      [first, first],
      [second, first],
      [first, second, second],
    ]) {
      expect(await reasonOf(proofs(...list))).toBe('malformed');
    }
    expect(await reasonOf(proofs(first, { ...second, index: 5 }))).toBe('malformed');
  });

  test('proofs swapped, another nullifier, another root', async () => {
    const [first, second] = file().proofs;
    const swapped = {
      ...file(),
      proofs: [
        { ...second, index: 0 },
        { ...first, index: 1 },
      ],
    };
    expect(await verify(swapped)).toMatchObject({ reason: 'invalid_proof', index: 0 });
    expect(await reasonOf({ ...file(), nullifier: '1' })).toBe('invalid_proof');
    expect(await reasonOf({ ...file(), epochRoot: '1' })).toBe('unknown_root');
  });

  test('a proof of another person', async () => {
    const holderKeys = deriveHolderKeys(new Uint8Array(32).fill(2));
    const opening = openingOf(sampleAccount(), holderKeys.commitment);
    // The other person answers one of the same requests; `any` asks for no second proof.
    const other = await prove({ ...both, mode: 'any' }, { holderKeys, opening });
    const epochs = { lookup: async () => ports.epochs.lookup(answer.epochRoot) };
    const moved = withFirst(other.proofs[0]?.proof);
    expect(await verify(other, {}, { epochs })).toMatchObject({ valid: true });
    for (const change of [
      {},
      { nullifier: other.nullifier },
      { nullifier: other.nullifier, epochRoot: other.epochRoot },
    ]) {
      expect(await reasonOf({ ...moved, ...change }, {}, { epochs })).toBe('invalid_proof');
    }
  }, 120_000);
});

describe('any of', () => {
  test('the first that is satisfied is proven, and only it', async () => {
    const either = sampleRequestSet({ mode: 'any', asks: [asks.tooLong, asks.coverage] });
    const chosen = await prove(either);
    expect(chosen.proofs.map(({ index }) => index)).toEqual([1]);
    const verdict = await verify(chosen, { requestSet: either });
    expect(verdict).toMatchObject({ valid: true, mode: 'any', answers: [{ index: 1 }] });
    expect(anyVerdictText(verdict, 'en')).toContain('request 2 of 2');

    // The same scope, the same question, but another nonce: no answer to the other set.
    expect(await verify(withFirst(chosen.proofs[0]?.proof))).toMatchObject({
      reason: 'invalid_proof',
      index: 0,
    });
    const [proof] = file(chosen).proofs;
    expect(await reasonOf({ ...file(chosen), proofs: [{ ...proof, index: 0 }] })).toBe(
      'invalid_proof',
    );
    expect(await reasonOf({ ...file(chosen), proofs: [] })).toBe('incomplete');
    const two = [{ ...proof, index: 0 }, proof];
    expect(await reasonOf({ ...file(chosen), proofs: two })).toBe('malformed');
  }, 120_000);

  test('a proof of the very same request counts in another set', async () => {
    const { requests } = sampleRequestSet({ asks: [asks.pensioner, asks.tooLong] });
    const mixed = [requests[0], both.requests[0]].flatMap((request) => request ?? []);
    const requestSet: RequestSet = { mode: 'any', requests: mixed };
    const proof = answer.proofs[0]?.proof;
    if (!proof) throw new Error('no proof');
    const moved = { ...answer, requestSet, proofs: [{ index: 1, proof }] };
    expect(await reasonOf(moved, { requestSet })).toBe('valid');
    expect(await reasonOf(moved, { requestSet: both })).toBe('wrong_request');
  });
});

describe('before proving', () => {
  const failing = sampleRequestSet({ asks: [asks.tooLong, asks.noBenefit, asks.pensioner] });

  test('all that fail are told, and nothing is proven', async () => {
    const seen: number[] = [];
    const error = await prove(failing, { onProgress: ({ share }) => seen.push(share) }).catch(
      (caught: unknown) => caught,
    );
    expect(error).toEqual(code('request_set.not_satisfied'));
    expect(setFailuresOf(error)).toMatchObject([
      { index: 0, statement: 'coverage@1', refusal: { reason: 'too-few-months' } },
      { index: 2, statement: 'benefit-status@1', refusal: { reason: 'does-not-receive' } },
    ]);
    expect(setFailuresOf(new Error('x'))).toBeUndefined();
    expect(JSON.stringify(error)).not.toContain('24');
    expect(seen).toEqual([]);
  });

  test('any of none, or a choice that fails', async () => {
    const none = sampleRequestSet({ mode: 'any', asks: [asks.tooLong, asks.pensioner] });
    await expect(prove(none)).rejects.toThrow(code('request_set.not_satisfied'));
    await expect(prove({ ...failing, mode: 'any' }, { choice: 2 })).rejects.toThrow(
      code('request_set.not_satisfied'),
    );
  });

  test.each<[string, RequestSet, Partial<SetProvingTask>, string]>([
    ['a choice out of range', { ...both, mode: 'any' }, { choice: 2 }, 'request_set.bad_choice'],
    ['a negative one', { ...both, mode: 'any' }, { choice: -1 }, 'request_set.bad_choice'],
    ['a choice where all are asked', both, { choice: 0 }, 'request_set.bad_choice'],
    ['an expired set', both, { clock: () => NOW + 3600 }, 'request.expired'],
    [
      'another holder’s record',
      both,
      { holderKeys: deriveHolderKeys(new Uint8Array(32).fill(2)) },
      'holder.wrong_key',
    ],
    ['no requests', { ...both, requests: [] }, {}, 'request_set.malformed'],
    ['a cancelled task', both, { abort: AbortSignal.abort() }, 'prove.aborted'],
  ])('%s is refused', async (_, requestSet, change, expected) => {
    await expect(prove(requestSet, change)).rejects.toThrow(code(expected));
  });

  test('a choice in a single request is refused', async () => {
    const request = sampleRequest();
    await expect(createAnyPresentation({ ...shared, request, choice: 0 })).rejects.toThrow(
      code('request_set.bad_choice'),
    );
  });
});

describe('what a verifier expects', () => {
  test('its own copy, audience and domain', async () => {
    const { audience, domain } = sampleRequest();
    expect(await verify(file(), {})).toMatchObject({ valid: true, audienceChecked: false });
    expect(await reasonOf(file(), { audience, domain })).toBe('valid');
    expect(await verify(file(), { audience: 'https://other.example' })).toMatchObject({
      reason: 'wrong_audience',
      index: 0,
    });
    expect(await reasonOf(file(), { domain: { ...domain, chainId: 1 } })).toBe('wrong_request');
    expect(await reasonOf(file(), { requestSet: sampleRequestSet() })).toBe('wrong_request');
    expect(await reasonOf(file(), { requestSet: { ...both, mode: 'any' } })).toBe('wrong_request');
  });

  test('the same kind of answer as it asked for', async () => {
    const single = presentationsOf(answer)[0]?.presentation;
    const wrong = { valid: false, reason: 'wrong_request' };
    expect(await verifyAnyPresentation(single, ports, { request: both })).toMatchObject(wrong);
    const set = await verifyAnyPresentation(file(), ports, { request: sampleRequest() });
    expect(set).toMatchObject(wrong);
    expect(anyVerdictText(set, 'en')).toContain('another request');
    const request = both.requests[0];
    if (!request) throw new Error('no request');
    expect(await verifyAnyPresentation(single, ports, { request })).toMatchObject({ valid: true });
    expect(await verifyAnyPresentation(answer, ports, { request: both })).toMatchObject({
      valid: true,
    });
  });

  test('keys, time and roots as for a presentation alone', async () => {
    expect(await reasonOf(file(), { production: true })).toBe('key_refused');
    expect(await reasonOf(file(), {}, { clock: () => NOW + 3600 })).toBe('expired');
    const superseded = samplePorts({ supersededAt: NOW - 10 }).epochs;
    const maxStalenessSeconds = 5;
    expect(await reasonOf(file(), { maxStalenessSeconds }, { epochs: superseded })).toBe(
      'superseded',
    );
    const corrected = samplePorts({ correctedAt: NOW - 86_400, supersededAt: NOW - 86_400 }).epochs;
    expect(await reasonOf(file(), {}, { epochs: corrected })).toBe('corrected');
    const accepted = await verify(file(), { acceptCorrected: true }, { epochs: corrected });
    expect(accepted.valid).toBe(true);
    for (const { verdict } of accepted.answers) expect(verdict.correctedFor).toBe(86_400);
    const corrections = anyVerdictNotes(accepted, 'en').filter((note) => /corrected/.test(note));
    expect(corrections).toEqual([expect.stringContaining('1 day ago')]);
    const epochs = { lookup: () => Promise.reject(new Error('the chain does not answer')) };
    await expect(verify(file(), {}, { epochs })).rejects.toThrow('does not answer');
  });

  test('the root is looked up once for all', async () => {
    let lookups = 0;
    const epochs: VerifierPorts['epochs'] = {
      lookup(root) {
        lookups++;
        return ports.epochs.lookup(root);
      },
    };
    expect(await reasonOf(file(), {}, { epochs })).toBe('valid');
    expect(lookups).toBe(1);
  });

  test('the nullifier is spent once, for the whole, and only where all holds', async () => {
    const spent: bigint[] = [];
    const nullifiers = {
      spend: async (nullifier: bigint) => !spent.includes(nullifier) && spent.push(nullifier) > 0,
    };
    const broken = { ...file(), proofs: [file().proofs[0], { ...file().proofs[0], index: 1 }] };
    expect(await reasonOf(broken, {}, { nullifiers })).toBe('invalid_proof');
    expect(spent).toEqual([]);
    expect(await reasonOf(file(), {}, { nullifiers })).toBe('valid');
    expect(spent).toEqual([answer.nullifier]);
    const again = await verify(file(), {}, { nullifiers });
    expect(again.reason).toBe('nullifier_spent');
    expect(anyVerdictText(again, 'zh')).toContain('同一持有人');
  });
});

describe('never throws', () => {
  test('whatever the input', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything({ withBigInt: true }), async (input) => {
        expect((await verify(input)).valid).toBe(false);
        expect((await verifyAnyPresentation(input, ports)).valid).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test('whatever stands in one place of an honest file', async () => {
    const places = ['format', 'requestSet', 'epochRoot', 'nullifier', 'proofs'] as const;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.anything(), async (place, value) => {
        for (const json of [
          { ...file(), [place]: value },
          { ...file(), requestSet: { ...file().requestSet, requests: [value, value] } },
          { ...file(), proofs: [value, file().proofs[1]] },
        ]) {
          const verdict = await verify(json);
          expect(verdict.valid).toBe(false);
          for (const language of ['en', 'zh'] as const) {
            expect(anyVerdictText(verdict, language)).toMatch(/[.。]$/);
          }
        }
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test('an object that fails when it is read', async () => {
    const hostile = {
      get requestSet(): unknown {
        throw new Error('no');
      },
      nullifier: 1n,
    };
    expect(await reasonOf(hostile)).toBe('malformed');
    expect((await verifyAnyPresentation(hostile, ports)).reason).toBe('malformed');
  });

  test('a set that reads as valid still parses as the same set', () => {
    expect(parseRequestSet(file().requestSet, statementRegistry)).toEqual(both);
  });
});

test('many of both kinds: each verdict is the one of the input alone, in order', async () => {
  const [single] = presentationsOf(answer).map(({ presentation }) => presentation);
  const broken = { ...file(), proofs: [file().proofs[0], { ...file().proofs[0], index: 1 }] };
  const inputs = [file(), single, broken, 'nothing', single, file()];
  const batchPorts = { ...ports, random: systemRandom };
  for (const request of [undefined, both, both.requests[0]]) {
    const expectation = request ? { request } : {};
    const verdicts = await verifyAnyPresentations(inputs, batchPorts, expectation);
    const alone = inputs.map((input) => verifyAnyPresentation(input, ports, expectation));
    expect(verdicts).toEqual(await Promise.all(alone));
    expect(verdicts.some(({ valid }) => valid)).toBe(true);
  }
});
