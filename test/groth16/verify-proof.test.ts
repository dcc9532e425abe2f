import { bn254 } from '@noble/curves/bn254.js';
import fc from 'fast-check';
import * as snarkjs from 'snarkjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { COORDINATE_ORDER, type G1, type G2, isG2, toG1Point } from '../../src/groth16/points.ts';
import {
  type Groth16Proof,
  proofFromWords,
  proofToSnarkjs,
  proofToWords,
} from '../../src/groth16/proof.ts';
import type { VerificationKey } from '../../src/groth16/verification-key.ts';
import { verifyProof } from '../../src/groth16/verify-proof.ts';
import { verificationKeyFromZkey } from '../../src/groth16/zkey.ts';
import { tinyCircuit } from '../support/tiny-circuit.ts';
import { tinyProof, tinyVerificationKey } from '../support/tiny-proof.ts';

const { Fp2, Fr } = bn254.fields;

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
  expect(verifyProof(key, signals, proof)).toBe(true);
  const json = verificationKeyFromZkey((await tinyCircuit()).zkey);
  const decimal = signals.map(String);
  const theirs = proofToSnarkjs(proof) as unknown as snarkjs.Groth16Proof;
  expect(await snarkjs.groth16.verify(json, decimal, theirs)).toBe(true);
});

describe('signals', () => {
  const withSignal = (i: number, value: bigint) => signals.map((s, k) => (k === i ? value : s));

  test.each([0, 1, 2, 3, 4])('signal %i changed, or the same plus r', (i) => {
    const value = signals[i] ?? 0n;
    for (const wrong of [value + 1n, value + FIELD_ORDER, value - FIELD_ORDER, 0n, -1n]) {
      expect(verifyProof(key, withSignal(i, wrong), proof)).toBe(false);
    }
  });

  test('one too many, one too few, none', () => {
    expect(verifyProof(key, [...signals, 0n], proof)).toBe(false);
    expect(verifyProof(key, signals.slice(0, 4), proof)).toBe(false);
    expect(verifyProof(key, [], proof)).toBe(false);
  });

  test('of another kind than bigint', () => {
    const numbers = signals.map(Number) as unknown as bigint[];
    expect(verifyProof(key, numbers, proof)).toBe(false);
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
    expect(verifyProof(key, signals, changed(0n))).toBe(true);
    for (const by of [1n, COORDINATE_ORDER, -COORDINATE_ORDER]) {
      expect(verifyProof(key, signals, changed(by))).toBe(false);
    }
  });

  test('the point at infinity', () => {
    const zero1: G1 = [0n, 0n];
    const zero2: G2 = [zero1, zero1];
    for (const change of [{ a: zero1 }, { b: zero2 }, { c: zero1 }]) {
      expect(verifyProof(key, signals, { ...proof, ...change })).toBe(false);
    }
  });

  test('a point of the twist outside the subgroup', () => {
    const outside = twistPointOutsideSubgroup();
    expect(() => bn254.G2.Point.fromAffine(outside).isTorsionFree()).not.toThrow();
    const { x, y } = outside;
    const b: G2 = [
      [x.c0, x.c1],
      [y.c0, y.c1],
    ];
    expect(isG2(proof.b)).toBe(true);
    expect(isG2(b)).toBe(false);
    expect(verifyProof(key, signals, { ...proof, b })).toBe(false);
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
    expect(verifyProof(key, signals, other)).toBe(true);
  });

  test('whatever the eight words, the answer is a boolean', () => {
    const word = fc.oneof(
      fc.bigInt({ min: 0n, max: 3n }),
      fc.bigInt({ min: 0n, max: COORDINATE_ORDER - 1n }),
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 8, maxLength: 8 }), (words) => {
        expect(verifyProof(key, signals, proofFromWords(words))).toBe(false);
      }),
    );
  });
});

/** y² = x³ + b has a solution for every second x, and almost no solution lies in the subgroup. */
function twistPointOutsideSubgroup() {
  const b = Fp2.sub(
    Fp2.sqr(bn254.G2.Point.BASE.y),
    Fp2.mul(Fp2.sqr(bn254.G2.Point.BASE.x), bn254.G2.Point.BASE.x),
  );
  for (let c0 = 1n; ; c0++) {
    const x = Fp2.fromBigTuple([c0, 1n]);
    const square = Fp2.add(Fp2.mul(Fp2.sqr(x), x), b);
    try {
      const y = Fp2.sqrt(square);
      if (Fp2.eql(Fp2.sqr(y), square)) return { x, y };
    } catch {
      // no square root: next x
    }
  }
}
