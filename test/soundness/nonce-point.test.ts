import { expect, it } from 'vitest';
import { BabyCurve } from '../../src/holder/baby-jubjub.ts';

const { Fp } = BabyCurve;
const [a, d] = [168_700n, 168_696n];

/** Euler's criterion. */
const isSquare = (value: bigint) => Fp.eql(Fp.pow(value, (Fp.ORDER - 1n) / 2n), Fp.ONE);

/**
 * circomlib's BabyAdd: (1 + dτ)·x = β + γ and (1 − dτ)·y = y₁y₂ − a·x₁x₂ with β = x₁y₂, γ = y₁x₂,
 * τ = βγ. Both sides of the first vanish only if β = −γ and dγ² = 1; of the second only if
 * y₁y₂ = a·x₁x₂ and a·d·(x₁x₂)² = 1.
 */
it('the sum of two pairs of numbers, on the curve or not, is never free: d and a·d are no squares', () => {
  expect(isSquare(a)).toBe(true);
  expect(isSquare(d)).toBe(false);
  expect(isSquare(Fp.mul(a, d))).toBe(false);
});
