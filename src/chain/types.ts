import type { Address, Hex } from 'viem';
import type { EpochRoot, StatementId } from '../core/brands.ts';
import type { Fr } from '../core/field.ts';
import type { MonthIndex } from '../core/month.ts';

/** What the authorities sign to publish an epoch: `EpochCommitment` of `IEpochRegistry.sol`. */
export interface EpochCommitment {
  readonly month: MonthIndex;
  /** 0 when the month is closed, then one more with each correction. */
  readonly revision: number;
  readonly epochRoot: EpochRoot;
  /** The root published last, of whatever month; 0 for the first. */
  readonly previousRoot: Fr;
  /** Accounts under the root. */
  readonly accounts: number;
}

/** One authority's signature (65 bytes) of a commitment. */
export interface CommitmentSignature {
  readonly signer: Address;
  readonly signature: Hex;
}

/** What the chain knows of a root; times in unix seconds. */
export interface EpochStatus {
  readonly month: MonthIndex;
  readonly revision: number;
  readonly publishedAt: number;
  /** Absent while the root is current. May be before `publishedAt`, for a correction of an older month. */
  readonly supersededAt?: number;
  /** When a later revision of the same month replaced it. */
  readonly correctedAt?: number;
}

/** A root with what the chain knows of it. */
export interface PublishedEpoch extends EpochStatus {
  readonly epochRoot: EpochRoot;
  readonly accounts: number;
}

/** `PresentationRequest` of `IStatementVerifier.sol`. */
export interface ContractRequest {
  readonly statement: StatementId;
  readonly params: bigint;
  readonly scope: bigint;
  readonly audience: string;
  readonly purpose: string;
  /** 32 bytes. */
  readonly nonce: Hex;
  /** Unix seconds. */
  readonly expiresAt: bigint;
}

/** `Presentation` of `IStatementVerifier.sol`. */
export interface ContractPresentation {
  readonly request: ContractRequest;
  readonly epochRoot: bigint;
  readonly nullifier: bigint;
  /** `bigint[8]`: A (x, y), B (x.c1, x.c0, y.c1, y.c0), C (x, y). */
  readonly proof: readonly bigint[];
}

/** Verdicts of `IStatementVerifier.sol`, by number. */
export const contractVerdicts = [
  'valid',
  'unknown_statement',
  'wrong_scope',
  'expired',
  'unknown_root',
  'corrected',
  'superseded',
  'invalid_proof',
  'wrong_audience',
  'nullifier_spent',
] as const;

export type ContractVerdict = (typeof contractVerdicts)[number];

/** Where the contracts of one deployment are. */
export interface Deployment {
  readonly chainId: number;
  readonly registry: Address;
  readonly statementVerifier: Address;
  /** Groth16 verifiers by statement name (`coverage@1`). */
  readonly verifiers: Readonly<Record<string, Address>>;
}
