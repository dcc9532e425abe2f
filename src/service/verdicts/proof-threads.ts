import { Piscina } from 'piscina';
import { threadUrl } from '../../core/thread-url.ts';
import type { ProofClaim } from '../../groth16/pairing/pairing.ts';
import type { VerificationKey } from '../../groth16/verification-key.ts';
import type { ProofsPort } from '../../verify/ports.ts';

/** A claim as a thread gets it: it keeps each key, prepared, under its number. */
export interface NumberedClaim extends ProofClaim {
  readonly keyNumber: number;
}

/** Checks proofs on threads of its own. */
export interface ProofThreads extends ProofsPort {
  close(): Promise<void>;
}

/**
 * Starts threads that check proofs, so that the calling one goes on answering: a pairing takes
 * milliseconds in which nothing else is done.
 * @param threads at least 1
 */
export function openProofThreads(threads: number): ProofThreads {
  const pool = new Piscina({
    filename: threadUrl(import.meta.url, 'proof-thread'),
    execArgv: [],
    minThreads: threads,
    maxThreads: threads,
  });
  const numbers = new WeakMap<VerificationKey, number>();
  let keys = 0;
  const numbered = (claim: ProofClaim): NumberedClaim => {
    const keyNumber = numbers.get(claim.key) ?? keys++;
    numbers.set(claim.key, keyNumber);
    return { ...claim, keyNumber };
  };
  return {
    verify: (claim) => pool.run(numbered(claim), { name: 'verify' }),
    verifyBatch: (claims) => pool.run(claims.map(numbered), { name: 'verifyMany' }),
    close: () => pool.destroy(),
  };
}
