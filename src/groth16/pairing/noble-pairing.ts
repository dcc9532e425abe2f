import { bn254 } from '@noble/curves/bn254.js';
import { type G1, isG1, isG2, toG1Point, toG2Point } from '../points.ts';
import type { Pairing, ProofClaim } from './pairing.ts';

const { Fp12 } = bn254.fields;

/** The pairing in plain JavaScript. */
export const noblePairing: Pairing = {
  name: 'noble',
  areGroupPoints: ({ a, b, c }) => isG1(a) && isG2(b) && isG1(c),
  holds(claims, weights) {
    const pairs = claims.flatMap((claim, i) => pairsOf(claim, weights?.[i] ?? 1n));
    return Fp12.eql(bn254.pairingBatch(pairs.filter(({ g1 }) => !g1.is0())), Fp12.ONE);
  },
};

function pairsOf({ key, signals, proof }: ProofClaim, weight: bigint) {
  return [
    { g1: toG1Point(proof.a).negate(), g2: toG2Point(proof.b) },
    { g1: toG1Point(key.alpha), g2: toG2Point(key.beta) },
    { g1: publicPoint(key.ic, signals), g2: toG2Point(key.gamma) },
    { g1: toG1Point(proof.c), g2: toG2Point(key.delta) },
  ].map(({ g1, g2 }) => ({ g1: g1.multiplyUnsafe(weight), g2 }));
}

/** `IC[0] + Σ signals[i]·IC[i+1]`. Signals are public: constant time is not needed. */
function publicPoint(ic: readonly G1[], signals: readonly bigint[]) {
  return ic
    .map(toG1Point)
    .reduce((sum, point, i) => sum.add(point.multiplyUnsafe(signals[i - 1] ?? 0n)));
}
