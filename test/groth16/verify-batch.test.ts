import { bn254 } from '@noble/curves/bn254.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { type RandomBytes, systemRandom } from '../../src/core/random.ts';
import type { ProofClaim } from '../../src/groth16/pairing/pairing.ts';
import { COORDINATE_ORDER, type G1, toG1Point, toG2Point } from '../../src/groth16/points.ts';
import { proofFromWords } from '../../src/groth16/proof.ts';
import { verifyBatch } from '../../src/groth16/verify-batch.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { seededRandom } from '../support/random.ts';
import { g1, simulatedClaim, trapdoorKey } from '../support/simulated-claim.ts';
import { tinyProof, tinyVerificationKey } from '../support/tiny-proof.ts';
import { toG2, twistPoint } from '../support/twist-points.ts';

const { Fr } = bn254.fields;
const random = seededRandom('batch');
const trapdoors = [trapdoorKey(random), trapdoorKey(random)] as const;
const honest = Array.from({ length: 40 }, (_, i) =>
  simulatedClaim(trapdoors[i % 3 === 0 ? 1 : 0], random),
);
const [first] = honest as [ProofClaim];

/** `claim` with its C shifted by `error · G`. */
function withError(claim: ProofClaim, error: bigint): ProofClaim {
  const shift = toG1Point(g1(Fr.create(error)));
  return { ...claim, proof: { ...claim.proof, c: affine(toG1Point(claim.proof.c).add(shift)) } };
}

function affine(point: ReturnType<typeof toG1Point>): G1 {
  const { x, y } = point.toAffine();
  return [x, y];
}

/** Ways to be bad: some never reach the equation. */
const spoil: Readonly<Record<string, (claim: ProofClaim) => ProofClaim>> = {
  'an error in C': (claim) => withError(claim, 1n),
  'another signal': (claim) => ({ ...claim, signals: claim.signals.map((s) => Fr.create(s + 1n)) }),
  'A negated': ({ proof, ...claim }) => ({
    ...claim,
    proof: { ...proof, a: [proof.a[0], COORDINATE_ORDER - proof.a[1]] },
  }),
  'another key': (claim) => ({
    ...claim,
    key: trapdoors[claim.key === trapdoors[0].key ? 1 : 0].key,
  }),
  'a signal plus r': (claim) => ({
    ...claim,
    signals: claim.signals.map((s, i) => (i === 2 ? s + FIELD_ORDER : s)),
  }),
  'one signal too few': (claim) => ({ ...claim, signals: claim.signals.slice(1) }),
  'a coordinate plus q': ({ proof, ...claim }) => ({
    ...claim,
    proof: { ...proof, a: [proof.a[0] + COORDINATE_ORDER, proof.a[1]] },
  }),
  infinity: ({ proof, ...claim }) => ({ ...claim, proof: { ...proof, c: [0n, 0n] } }),
  'B outside the subgroup': ({ proof, ...claim }) => ({
    ...claim,
    proof: { ...proof, b: toG2(twistPoint()) },
  }),
};

test('no claims, no answers', async () => {
  expect(await verifyBatch([], systemRandom)).toEqual([]);
});

test('real proofs verify beside each other', async () => {
  const key = await tinyVerificationKey();
  const claims = await Promise.all(
    [7n, 8n, 9n].map(async (secret) => {
      const { proof, signals } = await tinyProof({ secret });
      return { key, signals, proof: proofFromWords(proof) };
    }),
  );
  expect(await verifyBatch(claims, systemRandom)).toEqual([true, true, true]);
  const swapped = claims.map((claim, i) => ({
    ...claim,
    signals: claims.at(i - 1)?.signals ?? [],
  }));
  expect(await verifyBatch([...swapped, ...claims], systemRandom)).toEqual([
    ...[false, false, false],
    ...[true, true, true],
  ]);
});

test.each(Object.keys(spoil))('%s among good ones is named, and only it', async (name) => {
  const claims = honest.slice(0, 6).map((claim, i) => (i === 2 ? spoil[name]?.(claim) : claim));
  const answers = await verifyBatch(claims as ProofClaim[], systemRandom);
  expect(answers).toEqual([true, true, false, true, true, true]);
});

test('batches of 1 to 40 with random bad ones: exactly these are named', async () => {
  const ways = Object.values(spoil);
  const batch = fc
    .integer({ min: 1, max: 40 })
    .chain((size) =>
      fc.array(fc.nat({ max: 3 * ways.length }), { minLength: size, maxLength: size }),
    );
  await fc.assert(
    fc.asyncProperty(batch, async (choices) => {
      // Two thirds of the choices leave a claim as it is.
      const claims = choices.map((way, i) => {
        const claim = honest[i] ?? first;
        return ways[way]?.(claim) ?? claim;
      });
      const expected = choices.map((way) => ways[way] === undefined);
      expect(await verifyBatch(claims, systemRandom)).toEqual(expected);
    }),
    { numRuns: 12 },
  );
}, 60_000);

test('all bad', async () => {
  const claims = honest.slice(0, 9).map((claim, i) => withError(claim, BigInt(i + 1)));
  expect(await verifyBatch(claims, systemRandom)).toEqual(claims.map(() => false));
});

test('the same claim twice, and a malleated one, hold', async () => {
  const { a, b, c } = first.proof;
  const s = 12345n;
  const malleated = {
    a: affine(toG1Point(a).multiply(s)),
    b: toG2(toG2Point(b).multiply(Fr.inv(s))),
    c,
  };
  const claims = [first, first, { ...first, proof: malleated }];
  expect(await verifyBatch(claims, systemRandom)).toEqual([true, true, true]);
});

test('more claims than are checked at once', async () => {
  const claims = Array.from({ length: 300 }, (_, i) => honest[i % 3] ?? first);
  claims[270] = withError(first, 1n);
  const answers = await verifyBatch(claims, systemRandom);
  expect(answers.flatMap((holds, i) => (holds ? [] : [i]))).toEqual([270]);
}, 60_000);

describe('errors that cancel', () => {
  const ofOneKey = honest.filter(({ key }) => key === first.key);
  const claims = [
    withError(ofOneKey[0] ?? first, 5n),
    withError(ofOneKey[1] ?? first, -5n),
    ...honest.slice(10, 13),
  ];

  test('are caught', async () => {
    expect(await verifyBatch(claims, systemRandom)).toEqual([false, false, true, true, true]);
    for (const claim of claims.slice(0, 2)) {
      expect(await verifyProof(claim.key, claim.signals, claim.proof)).toBe(false);
    }
  });

  test('would not be, were the weights known', async () => {
    const constant: RandomBytes = (length) => new Uint8Array(length);
    expect(await verifyBatch(claims, constant)).toEqual(claims.map(() => true));
  });
});

test('weights are 128 bits of the given source, new for every product', async () => {
  const drawn: Uint8Array[] = [];
  const recording: RandomBytes = (length) => {
    const bytes = systemRandom(length);
    drawn.push(bytes);
    return bytes;
  };
  await verifyBatch([first, withError(first, 1n), first, first], recording);
  // All four, then two and two; single claims need no weight.
  expect(drawn.map(({ length }) => length)).toEqual(Array(8).fill(16));
  expect(new Set(drawn.map(String)).size).toBe(8);
});
