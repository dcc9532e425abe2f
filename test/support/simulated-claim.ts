import { bn254 } from '@noble/curves/bn254.js';
import type { ProofClaim } from '../../src/groth16/pairing/pairing.ts';
import type { G1, G2 } from '../../src/groth16/points.ts';
import type { VerificationKey } from '../../src/groth16/verification-key.ts';
import type { Random } from './random.ts';

const { Fr } = bn254.fields;

/** A key with its trapdoor: logarithms to the generators. */
export interface Trapdoor {
  readonly alpha: bigint;
  readonly beta: bigint;
  readonly gamma: bigint;
  readonly delta: bigint;
  readonly ic: readonly bigint[];
  readonly key: VerificationKey;
}

export const g1 = (scalar: bigint): G1 => {
  const { x, y } = bn254.G1.Point.BASE.multiply(scalar).toAffine();
  return [x, y];
};

export const g2 = (scalar: bigint): G2 => {
  const { x, y } = bn254.G2.Point.BASE.multiply(scalar).toAffine();
  return [
    [x.c0, x.c1],
    [y.c0, y.c1],
  ];
};

export function trapdoorKey(random: Random): Trapdoor {
  const [alpha, beta, gamma, delta] = [random.fr(), random.fr(), random.fr(), random.fr()];
  const ic = Array.from({ length: 6 }, () => random.fr());
  const key = {
    ...{ alpha: g1(alpha), beta: g2(beta), gamma: g2(gamma), delta: g2(delta) },
    ic: ic.map(g1),
  };
  return { alpha, beta, gamma, delta, ic, key };
}

/**
 * A claim whose equation holds, by the trapdoor instead of a witness: as many as a test wants,
 * without proving. C is shifted by `error` (then it holds no more).
 */
export function simulatedClaim(
  { alpha, beta, gamma, delta, ic, key }: Trapdoor,
  random: Random,
  { signals = Array.from({ length: 5 }, () => random.fr()) as bigint[], error = 0n } = {},
): ProofClaim {
  const [a, b] = [random.fr(), random.fr()];
  const publicLog = signals.reduce((sum, s, i) => sum + s * (ic[i + 1] ?? 0n), ic[0] ?? 0n);
  const numerator = Fr.create(a * b - alpha * beta - publicLog * gamma);
  const c = Fr.add(Fr.div(numerator, delta), Fr.create(error));
  return { key, signals, proof: { a: g1(a), b: g2(b), c: g1(c) } };
}
