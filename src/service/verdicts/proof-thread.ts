import { systemRandom } from '../../core/random.ts';
import type { VerificationKey } from '../../groth16/verification-key.ts';
import { verifyBatch } from '../../groth16/verify-batch.ts';
import { verifyProof } from '../../groth16/verify-proof.ts';
import type { NumberedClaim } from './proof-threads.ts';

// A thread of proof-threads.ts. A copied key is another object: the first of each is kept, for what
// is prepared once belongs to it.
const keys = new Map<number, VerificationKey>();

function withKnownKey(claim: NumberedClaim): NumberedClaim {
  const key = keys.get(claim.keyNumber) ?? claim.key;
  keys.set(claim.keyNumber, key);
  return { ...claim, key };
}

export function verify(claim: NumberedClaim): Promise<boolean> {
  const { key, signals, proof } = withKnownKey(claim);
  return verifyProof(key, signals, proof);
}

export function verifyMany(claims: readonly NumberedClaim[]): Promise<boolean[]> {
  return verifyBatch(claims.map(withKnownKey), systemRandom);
}
