import type { EpochRoot, Nullifier, Scope } from '../core/brands.ts';
import type { Clock } from '../core/clock.ts';
import type { KeyEntry } from '../groth16/manifest.ts';
import type { ProofClaim } from '../groth16/pairing/pairing.ts';
import type { VerificationKey } from '../groth16/verification-key.ts';
import type { ParamsLayouts } from '../request/params.ts';
import type { EpochStatus } from './verdict.ts';

/** Where epoch roots are looked up: a chain, or a file (`epochsFromFile`). */
export interface EpochsPort {
  /** Undefined for a root the authorities never published. May throw: an unreachable chain is no verdict. */
  lookup(root: EpochRoot): Promise<EpochStatus | undefined>;
}

/** Remembers nullifiers, where a proof may be used once. */
export interface NullifiersPort {
  /** Spends it, once and for all; false if it was spent before. Must be atomic. */
  spend(nullifier: Nullifier, scope: Scope): Promise<boolean>;
}

/** Who does the arithmetic of proofs; answers are those of `verifyProof` and `verifyBatch`. */
export interface ProofsPort {
  verify(claim: ProofClaim): Promise<boolean>;
  /** One answer a claim, in order. */
  verifyBatch(claims: readonly ProofClaim[]): Promise<boolean[]>;
}

/** A statement's verification key with its manifest entry. */
export interface VerifyingKey {
  readonly verificationKey: VerificationKey;
  readonly entry: KeyEntry;
}

export interface KeysPort {
  /** @throws a `key.…` code where there is none to use: the verdict is then `key_refused` */
  get(statement: string): Promise<VerifyingKey> | VerifyingKey;
}

/** What a verifier needs of the world. */
export interface VerifierPorts {
  /** `statementRegistry`, or the layouts alone: a verifier needs no statement's code. */
  readonly statements: ParamsLayouts;
  readonly epochs: EpochsPort;
  readonly keys: KeysPort;
  readonly clock: Clock;
  /** Without it a presentation may be shown any number of times until its request expires. */
  readonly nullifiers?: NullifiersPort;
  /** Without it proofs are checked on the calling thread. */
  readonly proofs?: ProofsPort;
}
