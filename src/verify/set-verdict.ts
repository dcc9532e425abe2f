import type { EpochRoot, Nullifier, Scope } from '../core/brands.ts';
import type { RequestSet } from '../request/request-set.ts';
import type { Verdict, VerdictDetail, VerdictReason } from './verdict.ts';

/** A single presentation's reasons, and one more. */
export type SetVerdictReason =
  | VerdictReason
  /** A request that must be answered is not. */
  | 'incomplete';

/** The verdict on the answer to one request of a set. */
export interface SetAnswer {
  /** Place of the request in the set, from 0. */
  readonly index: number;
  readonly verdict: Verdict;
}

/**
 * The answer to a presentation set: valid if every proof in it is, and if it is the answer the
 * set's mode asks for. Facts are there as far as the check came.
 */
export interface SetVerdict {
  readonly kind: 'set';
  readonly valid: boolean;
  /** `valid`, or the first thing that was wrong. */
  readonly reason: SetVerdictReason;
  /** Index of the request whose answer the reason is about; none where it is about the whole. */
  readonly index?: number;
  /** For `malformed`, `incomplete` and the like: the error behind it. */
  readonly detail?: VerdictDetail;
  readonly audienceChecked: boolean;
  readonly mode?: RequestSet['mode'];
  /** How many requests the set has. */
  readonly requests?: number;
  readonly audience?: string;
  readonly purpose?: string;
  /** Unix seconds. */
  readonly expiresAt?: number;
  readonly scope?: Scope;
  /** The one nullifier of every answer. */
  readonly nullifier?: Nullifier;
  /** The one root of every answer. */
  readonly epochRoot?: EpochRoot;
  /** One a proof in the set; empty where the set could not be read or is another. */
  readonly answers: readonly SetAnswer[];
}
