import type { Address, Hex } from 'viem';
import type { EpochRoot } from '../core/brands.ts';
import type { Fr } from '../core/field.ts';
import type { MonthIndex } from '../core/month.ts';
import type { EpochListing } from '../verify/epochs-file.ts';

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

/** What the authorities sign to change who they are: `AuthorityChange` of `IEpochRegistry.sol`. */
export interface AuthorityChange {
  /** Digest of the change applied last; 32 zero bytes for the first. */
  readonly previousChange: Hex;
  readonly added: readonly Address[];
  readonly removed: readonly Address[];
  /** How many must sign after the change. */
  readonly quorum: number;
}

/** One authority's signature (65 bytes) of a commitment or of a change. */
export interface CommitmentSignature {
  readonly signer: Address;
  readonly signature: Hex;
}

/**
 * A root with what the chain knows of it. `supersededAt` may be before `publishedAt`: a correction
 * of an older month is born superseded.
 */
export interface PublishedEpoch extends EpochListing {
  /** Accounts under the root. */
  readonly accounts: number;
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
  'paused',
  'disabled',
] as const;

export type ContractVerdict = (typeof contractVerdicts)[number];

/** A statement and the key it is verified with: `StatementEntry` of `IStatementRegistry.sol`. */
export interface StatementEntry {
  /** `keccak256("coverage@1")`. */
  readonly statement: Hex;
  readonly verifier: Address;
  readonly vkeyHash: Hex;
}

/** What the authorities sign to have a statement registered: `Registration`. */
export interface StatementRegistration {
  /** Digest of the last registration or order; 32 zero bytes for the first. */
  readonly previousChange: Hex;
  readonly entry: StatementEntry;
}

/** What an order does, by number: `Action` of `IStatementRegistry.sol`. */
export const statementActions = ['pause', 'resume', 'disable', 'cancel'] as const;
export type StatementAction = (typeof statementActions)[number];

/** What the authorities sign about statements that are there: `StatementOrder`. */
export interface StatementOrder {
  readonly previousChange: Hex;
  readonly action: StatementAction;
  readonly statements: readonly Hex[];
}

/** Where a statement stands, by number: `Status` of `IStatementRegistry.sol`. */
export const statementStatuses = ['unknown', 'active', 'paused', 'disabled'] as const;
export type StatementStatus = (typeof statementStatuses)[number];

/** Where the contracts of one deployment are; addresses in lower case, as request domains want them. */
export interface Deployment {
  readonly chainId: number;
  readonly registry: Address;
  readonly statementVerifier: Address;
  /** Groth16 verifiers by statement name (`coverage@1`). */
  readonly verifiers: Readonly<Record<string, Address>>;
}
