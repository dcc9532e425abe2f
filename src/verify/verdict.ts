import type { EpochRoot, Nullifier, Scope } from '../core/brands.ts';
import type { ErrorFacts } from '../core/errors/canbao-error.ts';
import type { ErrorCode } from '../core/errors/catalogue.ts';
import type { MonthIndex } from '../core/month.ts';
import type { KeyStatus } from '../groth16/manifest.ts';
import type { Params } from '../request/params.ts';

/** The one answer: `valid`, or the first thing that was wrong. */
export type VerdictReason =
  | 'valid'
  /** Not a presentation, or not in its one accepted form. */
  | 'malformed'
  | 'unknown_statement'
  /** It answers another request than the verifier's. */
  | 'wrong_request'
  /** It was made for somebody else. */
  | 'wrong_audience'
  | 'expired'
  /** The key is a development key in production, unsafe, or not the one the manifest names. */
  | 'key_refused'
  | 'unknown_root'
  /** The month was corrected after this root was published. */
  | 'corrected'
  /** A newer root has been out for longer than the verifier accepts. */
  | 'superseded'
  | 'invalid_proof'
  | 'nullifier_spent';

/** What the authorities' register says of an epoch root. Times are Unix seconds. */
export interface EpochStatus {
  readonly month: MonthIndex;
  /** 0 at first, one more with each correction of the month. */
  readonly revision: number;
  readonly publishedAt: number;
  /** When a newer root appeared: freshness counts from here, not from the publication. */
  readonly supersededAt?: number;
  /** When another revision of the same month replaced it. */
  readonly correctedAt?: number;
}

/** What a refusal of the input is explained with. */
export interface VerdictDetail {
  readonly code: ErrorCode;
  readonly facts: ErrorFacts;
}

/**
 * The answer to a presentation. Facts are there as far as the check came; nothing in a verdict that
 * is not `valid` is proven.
 */
export interface Verdict {
  readonly valid: boolean;
  readonly reason: VerdictReason;
  /** For `malformed`, `unknown_statement` and `key_refused`: the error behind it. */
  readonly detail?: VerdictDetail;
  /** Whether the verifier said whom the proof must be made for. */
  readonly audienceChecked: boolean;
  readonly statement?: string;
  readonly params?: Params;
  readonly audience?: string;
  readonly purpose?: string;
  /** Unix seconds. */
  readonly expiresAt?: number;
  readonly scope?: Scope;
  readonly nullifier?: Nullifier;
  readonly epochRoot?: EpochRoot;
  readonly epoch?: EpochStatus;
  /** Seconds since a newer root appeared; none while the root is current. Told whatever the policy made of it. */
  readonly supersededFor?: number;
  /** Seconds since another revision of the month replaced the root; none where none did. */
  readonly correctedFor?: number;
  /** A `development` key proves nothing to anybody but its maker: show it wherever a verdict is shown. */
  readonly keyStatus?: KeyStatus;
  readonly contributions?: number;
}
