import { bn254 } from '@noble/curves/bn254.js';
import fc from 'fast-check';
import * as snarkjs from 'snarkjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { loadPairing } from '../../src/groth16/pairing/load-pairing.ts';
import { mclPairing } from '../../src/groth16/pairing/mcl-pairing.ts';
import { noblePairing } from '../../src/groth16/pairing/noble-pairing.ts';
import type { Pairing } from '../../src/groth16/pairing/pairing.ts';
import {
  COORDINATE_ORDER,
  type G1,
  type G2,
  G2_GENERATOR,
  isG2,
  negateG2,
  toG1Point,
  toG2Point,
} from '../../src/groth16/points.ts';
import {
  type Groth16Proof,
  proofFromWords,
  proofToSnarkjs,
  proofToWords,
} from '../../src/groth16/proof.ts';
import type { VerificationKey } from '../../src/groth16/verification-key.ts';
import { holdsAlone, verifyProof } from '../../src/groth16/verify-proof.ts';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { tinyCircuit } from '../support/tiny-circuit.ts';
import { tinyProof, tinyVerificationKey } from '../support/tiny-proof.ts';
import { pointOfOrder, SMALL_FACTORS, toG2, twistPoint } from '../support/twist-points.ts';

const { Fr } = bn254.fields;

let key: VerificationKey;
let signals: readonly bigint[];
let proof: Groth16Proof;

beforeAll(async () => {
  key = await tinyVerificationKey();
  const made = await tinyProof();
  signals = made.signals;
  proof = proofFromWords(made.proof);
});

test('an honest proof verifies, here and in stock snarkjs', async () => {
  expect(await verifyProof(key, signals, proof)).toBe(true);
  const json = verificationKeyFromZkey((await tinyCircuit()).zkey);
  const decimal = signals.map(String);
  const theirs = proofToSnarkjs(proof) as unknown as snarkjs.Groth16Proof;
  expect(await snarkjs.groth16.verify(json, decimal, theirs)).toBe(true);
});

test('stock snarkjs agrees on bent proofs and signals that are in canonical form', async () => {
  const { a, b, c } = proof;
  const minus = ([x, y]: G1): G1 => [x, COORDINATE_ORDER - y];
  const double = (point: G1): G1 => {
    const { x, y } = toG1Point(point).double().toAffine();
    return [x, y];
  };
  const minusB = negateG2(b);
  const halfB = toG2(toG2Point(b).multiply(Fr.inv(2n)));
  const proofs: Groth16Proof[] = [
    ...[proof, { a: minus(a), b, c }, { a, b: minusB, c }, { a, b, c: minus(c) }],
    ...[
      { a: minus(a), b: minusB, c },
      { a: c, b, c: a },
      { a, b, c: double(c) },
    ],
    ...[
      { a: double(a), b, c },
      { a: double(a), b: halfB, c },
      { a, b: G2_GENERATOR, c },
    ],
  ];
  const json = verificationKeyFromZkey((await tinyCircuit()).zkey);
  const otherSignals = signals.map((_, i) => signals.map((s, k) => (k === i ? s + 1n : s)));
  const bent = [
    ...proofs.map((by) => ({ given: signals, by })),
    ...otherSignals.map((given) => ({ given, by: proof })),
  ];
  const answers: boolean[] = [];
  for (const { given, by } of bent) {
    const theirs = proofToSnarkjs(by) as unknown as snarkjs.Groth16Proof;
    const answer = await verifyProof(key, given, by);
    expect(answer).toBe(await snarkjs.groth16.verify(json, given.map(String), theirs));
    answers.push(answer);
  }
  // The proof, both signs changed, and half of B for twice A.
  expect(answers.flatMap((holds, i) => (holds ? [i] : []))).toEqual([0, 4, 8]);
});

test('where there is WebAssembly, it is used', async () => {
  expect((await loadPairing()).name).toBe('mcl');
});

test('false, and no exception, for what does not hold', async () => {
  const [first = 0n, ...others] = signals;
  expect(await verifyProof(key, [first + 1n, ...others], proof)).toBe(false);
  expect(await verifyProof(key, others, proof)).toBe(false);
  expect(await verifyProof(key, signals, { ...proof, a: [0n, 0n] })).toBe(false);
});

const pairings: readonly [string, () => Promise<Pairing>][] = [
  ['mcl', mclPairing],
  ['noble', async () => noblePairing],
];

describe.each(pairings)('with %s', (name, load) => {
  let pairing: Pairing;
  beforeAll(async () => {
    pairing = await load();
  });
  const verifies = (given: readonly bigint[], by: Groth16Proof) =>
    holdsAlone({ key, signals: given, proof: by }, pairing);

  describe('signals', () => {
    const withSignal = (i: number, value: bigint) => signals.map((s, k) => (k === i ? value : s));

    test.each([0, 1, 2, 3, 4])('signal %i changed, or the same plus r', (i) => {
      const value = signals[i] ?? 0n;
      for (const wrong of [value + 1n, value + FIELD_ORDER, value - FIELD_ORDER, 0n, -1n]) {
        expect(verifies(withSignal(i, wrong), proof)).toBe(false);
      }
    });

    test('one too many, one too few, none', () => {
      expect(verifies([...signals, 0n], proof)).toBe(false);
      expect(verifies(signals.slice(0, 4), proof)).toBe(false);
      expect(verifies([], proof)).toBe(false);
    });

    test('of another kind than bigint', () => {
      const numbers = signals.map(Number) as unknown as bigint[];
      expect(verifies(numbers, proof)).toBe(false);
    });
  });

  describe('proof points', () => {
    test.each([0, 1, 2, 3, 4, 5, 6, 7])('word %i changed, or the same plus q', (i) => {
      const words = proofToWords(proof);
      const changed = (by: bigint): Groth16Proof => {
        const [ax = 0n, ay = 0n, bx1 = 0n, bx0 = 0n, by1 = 0n, by0 = 0n, cx = 0n, cy = 0n] =
          words.map((word, k) => (k === i ? word + by : word));
        return {
          a: [ax, ay],
          b: [
            [bx0, bx1],
            [by0, by1],
          ],
          c: [cx, cy],
        };
      };
      expect(verifies(signals, changed(0n))).toBe(true);
      for (const by of [1n, COORDINATE_ORDER, -COORDINATE_ORDER]) {
        expect(verifies(signals, changed(by))).toBe(false);
      }
    });

    test('the point at infinity', () => {
      const zero1: G1 = [0n, 0n];
      const zero2: G2 = [zero1, zero1];
      for (const change of [{ a: zero1 }, { b: zero2 }, { c: zero1 }]) {
        expect(verifies(signals, { ...proof, ...change })).toBe(false);
      }
    });

    test('a point of the twist outside the subgroup', () => {
      const honest = bn254.G2.Point.fromAffine({
        x: { c0: proof.b[0][0], c1: proof.b[0][1] },
        y: { c0: proof.b[1][0], c1: proof.b[1][1] },
      });
      const smallOrder = SMALL_FACTORS.map(pointOfOrder);
      for (const outside of [
        twistPoint(),
        ...smallOrder,
        ...smallOrder.map((point) => honest.add(point)),
      ]) {
        const b = toG2(outside);
        expect(isG2(b)).toBe(false);
        expect(pairing.areGroupPoints({ ...proof, b })).toBe(false);
        expect(verifies(signals, { ...proof, b })).toBe(false);
      }
      expect(isG2(proof.b)).toBe(true);
      expect(pairing.areGroupPoints(proof)).toBe(true);
    });

    test('(sA, s⁻¹B, C) verifies too: proof bytes identify nothing', () => {
      const s = 12345n;
      const a = toG1Point(proof.a).multiply(s).toAffine();
      const [bx, by] = proof.b;
      const scaled = bn254.G2.Point.fromAffine({
        x: { c0: bx[0], c1: bx[1] },
        y: { c0: by[0], c1: by[1] },
      })
        .multiply(Fr.inv(s))
        .toAffine();
      const other: Groth16Proof = {
        a: [a.x, a.y],
        b: [
          [scaled.x.c0, scaled.x.c1],
          [scaled.y.c0, scaled.y.c1],
        ],
        c: proof.c,
      };
      expect(other.a).not.toEqual(proof.a);
      expect(verifies(signals, other)).toBe(true);
    });

    test('whatever the eight words, the answer is a boolean', () => {
      const word = fc.oneof(
        fc.bigInt({ min: 0n, max: 3n }),
        fc.bigInt({ min: 0n, max: COORDINATE_ORDER - 1n }),
      );
      fc.assert(
        fc.property(fc.array(word, { minLength: 8, maxLength: 8 }), (words) => {
          expect(verifies(signals, proofFromWords(words))).toBe(false);
        }),
        { numRuns: name === 'mcl' ? 1000 : 100 },
      );
    });
  });
});
