import fc from 'fast-check';
import type { Address } from 'viem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groth16VerifierAbi as abi } from '../../src/chain/artifacts/Groth16Verifier.generated.ts';
import { withChainErrors } from '../../src/chain/chain-errors.ts';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { COORDINATE_ORDER } from '../../src/groth16/points.ts';
import { verificationKeyWords } from '../../src/groth16/verification-key.ts';
import { knownKey } from '../support/known-key.ts';
import { deployTestContracts, startTestChain, type TestChain } from '../support/test-chain.ts';
import { tinyProof, tinyVerificationKey } from '../support/tiny-proof.ts';
import { twistPoint } from '../support/twist-points.ts';

const key = knownKey('a batch');
const WORDS = 13;
const NULLIFIER = 8;

let context: TestChain;
let verifier: Address;
let tinyVerifier: Address;

beforeAll(async () => {
  context = await startTestChain();
  const { verifiers } = await deployTestContracts(context.chain, context.payer, {
    maxStaleness: 1,
    statements: {
      'known@1': key.words,
      'tiny@1': verificationKeyWords(await tinyVerificationKey()),
    },
  });
  verifier = verifiers['known@1'] as Address;
  tinyVerifier = verifiers['tiny@1'] as Address;
}, 60_000);
afterAll(() => context[Symbol.asyncDispose]());

/** @param entries `bigint[13]` each */
function verify(
  entries: readonly (readonly bigint[])[],
  { address = verifier, gas }: { address?: Address; gas?: bigint } = {},
): Promise<boolean> {
  const { reader, url } = context.chain;
  const args = [entries.flat()] as const;
  return withChainErrors(url, () =>
    reader.readContract({
      ...{ address, abi, functionName: 'verifyBatch', args },
      ...(gas !== undefined && { gas }),
    }),
  );
}

function verifyAlone(entry: readonly bigint[]): Promise<boolean> {
  const args = [entry.slice(0, 8), entry.slice(8)] as never;
  return context.chain.reader.readContract({
    ...{ address: verifier, abi, functionName: 'verifyProof', args },
  });
}

const proofs = (count: number) => Array.from({ length: count }, () => key.prove());

/** The entry with words from `from` to before `to` of another. */
function mixed(one: readonly bigint[], other: readonly bigint[], from: number, to: number) {
  return one.map((word, i) => (i >= from && i < to ? (other[i] ?? word) : word));
}

/** The entry with one word changed. */
function altered(entry: readonly bigint[], index: number, change: (word: bigint) => bigint) {
  return entry.map((word, i) => (i === index ? change(word) : word));
}

describe('accepts', () => {
  test.each([1, 2, 3, 10])('%i proofs', async (count) => {
    expect(await verify(proofs(count))).toBe(true);
  });

  test('what snarkjs proved', async () => {
    const made = await Promise.all([7n, 8n, 9n].map((secret) => tinyProof({ secret })));
    const entries = made.map(({ proof, signals }) => [...proof, ...signals]);
    expect(await verify(entries, { address: tinyVerifier })).toBe(true);
    expect(await verify(entries)).toBe(false);
  });

  test('a proof that comes twice: what once means is not for it to say', async () => {
    const [one = [], two = []] = proofs(2);
    expect(await verify([one, two, one])).toBe(true);
  });
});

describe('refuses', () => {
  test('nothing at all, and words that are not 13 for each', async () => {
    const [one = []] = proofs(1);
    expect(await verify([])).toBe(false);
    for (const length of [1, 12, 14, 25]) {
      expect(await verify([[...one, ...one].slice(0, length)])).toBe(false);
    }
  });

  test.each([1, 2, 5])('one false of %i, at every place', async (count) => {
    const honest = proofs(count);
    for (let i = 0; i < count; i++) {
      expect(await verify(honest.with(i, key.prove(undefined, 1n)))).toBe(false);
    }
  });

  test('two whose parts were swapped', async () => {
    const [one = [], two = [], three = []] = proofs(3);
    const parts = { A: [0, 2], B: [2, 6], C: [6, 8], signals: [8, 13], proof: [0, 8] } as const;
    for (const [from, to] of Object.values(parts)) {
      const swapped = [mixed(one, two, from, to), mixed(two, one, from, to)];
      expect(await verify([...swapped, three])).toBe(false);
      expect(await verify([three, ...swapped])).toBe(false);
    }
  });

  test('errors that would cancel under equal coefficients', async () => {
    const error = 0x1234_5678n;
    const signals = [1n, 2n, 3n, 4n, 5n];
    const wrong = (by: bigint) => key.prove(signals, (by + FIELD_ORDER) % FIELD_ORDER);
    expect(await verify([wrong(error), wrong(-error)])).toBe(false);
    expect(await verify([wrong(error), wrong(error), wrong(-2n * error)])).toBe(false);
    // In the signals: a proof that lends 1 to the other.
    for (let i = NULLIFIER; i < WORDS; i++) {
      const more = altered(key.prove(signals), i, (word) => word + 1n);
      const less = altered(key.prove(signals), i, (word) => word - 1n);
      expect(await verify([more, less])).toBe(false);
    }
  });

  test('a false one however often it comes', async () => {
    const wrong = key.prove(undefined, 1n);
    for (const count of [2, 3, 4]) {
      expect(await verify(Array.from({ length: count }, () => wrong))).toBe(false);
    }
  });

  test('proofs under another key, alone and among others', async () => {
    const other = knownKey('another key').prove();
    expect(await verify([other])).toBe(false);
    expect(await verify([...proofs(2), other])).toBe(false);
  });

  test.each(Array.from({ length: WORDS }, (_, i) => i))(
    'word %i one more, and past its modulus',
    async (i) => {
      const [one = [], two = []] = proofs(2);
      const order = i < NULLIFIER ? COORDINATE_ORDER : FIELD_ORDER;
      for (const change of [
        (word: bigint) => word + 1n,
        (word: bigint) => word + order,
        () => order,
        () => 2n ** 256n - 1n,
      ]) {
        expect(await verify([altered(one, i, change), two])).toBe(false);
        expect(await verify([two, altered(one, i, change)])).toBe(false);
      }
    },
  );

  test('infinity, negated points, and a B outside the subgroup', async () => {
    const [one = [], two = []] = proofs(2);
    const zero = Array.from({ length: WORDS }, () => 0n);
    for (const [from, to] of [
      [0, 2],
      [2, 6],
      [6, 8],
      [0, 8],
    ] as const) {
      expect(await verify([two, mixed(one, zero, from, to)])).toBe(false);
    }
    for (const y of [1, 7]) {
      expect(await verify([altered(one, y, (word) => COORDINATE_ORDER - word), two])).toBe(false);
    }
    const { x, y } = twistPoint().toAffine();
    const outside = one.toSpliced(2, 4, x.c1, x.c0, y.c1, y.c0);
    expect(await verify([two, outside])).toBe(false);
  });
});

test('says what the proofs say one by one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(0n, 0n, 1n, FIELD_ORDER - 1n), { minLength: 1, maxLength: 6 }),
      async (errors) => {
        const entries = errors.map((error) => key.prove(undefined, error));
        const alone = await Promise.all(entries.map(verifyAlone));
        expect(alone).toEqual(errors.map((error) => error === 0n));
        expect(await verify(entries)).toBe(alone.every(Boolean));
      },
    ),
    { numRuns: 15, seed: 20261125 },
  );
});

test.each([1, 2, 7])(
  'too little gas for %i reverts: valid proofs are never called invalid',
  async (count) => {
    const entries = proofs(count);
    const enough = 300_000n + 60_000n * BigInt(count);
    let refusals = 0;
    for (let gas = 100_000n; gas <= enough; gas += 4_000n) {
      const verdict = await verify(entries, { gas }).catch((error: { code?: string }) => {
        refusals++;
        return error.code;
      });
      expect([true, 'chain.reverted', 'chain.rpc_failed']).toContain(verdict);
    }
    expect(refusals).toBeGreaterThan(10);
    expect(await verify(entries, { gas: enough })).toBe(true);
  },
);
