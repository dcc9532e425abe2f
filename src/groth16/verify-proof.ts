import { FIELD_ORDER } from '../core/field.ts';
import { loadPairing } from './pairing/load-pairing.ts';
import type { Pairing, ProofClaim } from './pairing/pairing.ts';
import type { Groth16Proof } from './proof.ts';
import type { VerificationKey } from './verification-key.ts';

/**
 * Whether `proof` holds for `signals` under `key`:
 * `e(A, B) = e(alpha, beta) · e(IC[0] + Σ signals[i]·IC[i+1], gamma) · e(C, delta)`.
 * False, never an exception, for a wrong number of signals, a signal not in [0, r), a coordinate
 * not in [0, q), or a point that is at infinity, off the curve or outside the subgroup.
 */
export async function verifyProof(
  key: VerificationKey,
  signals: readonly bigint[],
  proof: Groth16Proof,
): Promise<boolean> {
  return holdsAlone({ key, signals, proof }, await loadPairing());
}

/** {@link verifyProof} with a given pairing. */
export function holdsAlone(claim: ProofClaim, pairing: Pairing): boolean {
  return isWellFormed(claim, pairing) && pairing.holds([claim]);
}

/** Whether a claim is one to put into the equation at all. */
export function isWellFormed({ key, signals, proof }: ProofClaim, pairing: Pairing): boolean {
  if (signals.length !== key.ic.length - 1) return false;
  if (!signals.every((s) => typeof s === 'bigint' && s >= 0n && s < FIELD_ORDER)) return false;
  return pairing.areGroupPoints(proof);
}
