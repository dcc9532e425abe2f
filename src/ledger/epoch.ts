import { type EpochRoot, toEpochRoot } from '../core/brands.ts';
import { type Fr, toFr } from '../core/field.ts';
import type { MonthIndex } from '../core/month.ts';
import type { Poseidon } from '../core/poseidon.ts';
import type { Account } from './account.ts';
import type { InclusionProof } from './tree.ts';

/** A closed month. */
export interface Epoch {
  readonly month: MonthIndex;
  readonly accountsRoot: Fr;
  readonly employersRoot: Fr;
  readonly root: EpochRoot;
}

/** `Poseidon(accountsRoot, employersRoot, month)`. */
export function epochRoot(
  accountsRoot: Fr,
  employersRoot: Fr,
  month: MonthIndex,
  hash: Poseidon,
): EpochRoot {
  return toEpochRoot(hash([accountsRoot, employersRoot, toFr(BigInt(month))]));
}

/** One person's account under a closed month: what a bureau hands the holder, and all a proof needs beside the keys. */
export interface AccountOpening {
  readonly account: Account;
  readonly holderCommitment: Fr;
  /** Position and siblings `Fr[16][3]` in the accounts' tree. */
  readonly inclusion: InclusionProof;
  readonly epoch: Epoch;
}
