import { bn254 } from '@noble/curves/bn254.js';
import { FIELD_ORDER } from '../core/field.ts';
import { type G1, isG1, isG2, toG1Point, toG2Point } from './points.ts';
import type { Groth16Proof } from './proof.ts';
import type { VerificationKey } from './verification-key.ts';

const { Fp12 } = bn254.fields;

/** e(alpha, beta) by key: the one pairing that no proof changes. */
const alphaBeta = new WeakMap<VerificationKey, ReturnType<typeof bn254.pairing>>();

/**
 * Whether `proof` holds for `signals` under `key`:
 * `e(A, B) = e(alpha, beta) · e(IC[0] + Σ signals[i]·IC[i+1], gamma) · e(C, delta)`.
 * False, never an exception, for a wrong number of signals, a signal not in [0, r), a coordinate
 * not in [0, q), or a point that is at infinity, off the curve or outside the subgroup.
 */
export function verifyProof(
  key: VerificationKey,
  signals: readonly bigint[],
  proof: Groth16Proof,
): boolean {
  if (signals.length !== key.ic.length - 1) return false;
  if (!signals.every((s) => typeof s === 'bigint' && s >= 0n && s < FIELD_ORDER)) return false;
  if (!isG1(proof.a) || !isG2(proof.b) || !isG1(proof.c)) return false;

  const publicPoint = combine(key.ic, signals);
  const pairs = [
    { g1: toG1Point(proof.a).negate(), g2: toG2Point(proof.b) },
    { g1: publicPoint, g2: toG2Point(key.gamma) },
    { g1: toG1Point(proof.c), g2: toG2Point(key.delta) },
  ].filter(({ g1 }) => !g1.is0());
  return Fp12.eql(Fp12.mul(bn254.pairingBatch(pairs), alphaBetaOf(key)), Fp12.ONE);
}

/** `IC[0] + Σ signals[i]·IC[i+1]`. Signals are public: constant time is not needed. */
function combine(ic: readonly G1[], signals: readonly bigint[]) {
  return ic
    .map(toG1Point)
    .reduce((sum, point, i) => sum.add(point.multiplyUnsafe(signals[i - 1] ?? 0n)));
}

function alphaBetaOf(key: VerificationKey) {
  const cached = alphaBeta.get(key);
  if (cached) return cached;
  const value = bn254.pairing(toG1Point(key.alpha), toG2Point(key.beta));
  alphaBeta.set(key, value);
  return value;
}
