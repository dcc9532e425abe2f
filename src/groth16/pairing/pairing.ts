import type { Groth16Proof } from '../proof.ts';
import type { VerificationKey } from '../verification-key.ts';

/** A proof, and what it is said to prove. */
export interface ProofClaim {
  readonly key: VerificationKey;
  readonly signals: readonly bigint[];
  readonly proof: Groth16Proof;
}

/** The curve arithmetic that verification needs. */
export interface Pairing {
  readonly name: 'mcl' | 'noble';
  /** Whether every coordinate is in [0, q), and every point in its group and not at infinity. */
  areGroupPoints(proof: Groth16Proof): boolean;
  /**
   * Whether the product over all claims of
   * `(e(−A, B) · e(alpha, beta) · e(IC[0] + Σ signals[i]·IC[i+1], gamma) · e(C, delta))^weight` is one.
   * Points are taken to be in their groups, signals to be in [0, r) and as many as the key's.
   * @param weights one a claim, in [1, 2^128]; without them every weight is 1
   */
  holds(claims: readonly ProofClaim[], weights?: readonly bigint[]): boolean;
}
