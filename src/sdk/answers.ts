import type { PresentationJson } from '../request/presentation.ts';
import type { PresentationSetJson } from '../request/presentation-set.ts';
import type { PresentationRequestJson } from '../request/request-format.ts';
import type { RequestSetJson } from '../request/request-set.ts';
import type { PresetDescription } from '../statements/preset-description.ts';
import type { SetVerdictReason } from '../verify/set-verdict.ts';

/** What a service answers verifiers with. Times are Unix seconds, numbers of the field decimals. */

/** A request file: of one statement, or of several. */
export type RequestFile = PresentationRequestJson | RequestSetJson;

/** A presentation file: one proof, or several of one holder. */
export type PresentationFile = PresentationJson | PresentationSetJson;

/** A request that waits for its answer. Keep `token` and `webhookSecret`: they are told once. */
export interface OpenedRequest {
  readonly id: string;
  /** Your own copy of what was asked. */
  readonly request: RequestFile;
  /** Where a wallet reads it. */
  readonly requestUri: string;
  /** Opens a wallet: `openid4vp://…`. */
  readonly link: string;
  /** Opens the wallet of the service: to be shown as a QR code. */
  readonly page: string;
  /** Reads the verdict. */
  readonly token: string;
  readonly expiresAt: number;
  /** `whsec_…`: what `verifyWebhook` takes. */
  readonly webhookSecret?: string;
}

/** How a request stands. */
export interface RequestStanding {
  /** `declined` is a notice by somebody with the link: it may still be answered. */
  readonly state: 'open' | 'declined' | 'answered' | 'cancelled' | 'expired';
  readonly expiresAt: number;
  readonly answeredAt?: number;
  readonly declinedAt?: number;
}

export interface RequestOutcome extends RequestStanding {
  /** Once answered. */
  readonly verdict?: VerdictAnswer;
}

interface Asked {
  readonly statement?: string;
  /** What was asked, as a sentence. */
  readonly asks?: string;
  readonly params?: Readonly<Record<string, string>>;
}

/** A verdict. Facts are there as far as the check came; only a verified one proves any. */
export interface VerdictAnswer extends Asked {
  readonly verified: boolean;
  /** `valid`, or the first thing that was wrong: see `VerdictReason`. */
  readonly reason: SetVerdictReason | (string & {});
  /** The reason as a sentence. */
  readonly text: string;
  /** To be shown wherever the verdict is. */
  readonly notes: readonly string[];
  readonly detail?: {
    readonly code: string;
    readonly facts: Readonly<Record<string, string | number | boolean>>;
  };
  readonly audience?: string;
  /** Whether it was said whom the proof must be for. */
  readonly audienceChecked: boolean;
  readonly purpose?: string;
  readonly expiresAt?: number;
  readonly scope?: string;
  /** Stands for the holder, for this audience and purpose only. */
  readonly nullifier?: string;
  readonly epoch?: {
    /** `YYYY-MM` */
    readonly month: string;
    readonly revision: number;
    readonly root: string;
    readonly publishedAt: number;
    readonly supersededAt?: number;
    readonly correctedAt?: number;
  };
  /** Seconds since a newer ledger, or a correction, took the place of this one. */
  readonly freshness?: { readonly supersededFor?: number; readonly correctedFor?: number };
  readonly key?: { readonly status: 'development' | 'ceremony'; readonly contributions: number };
  /** Accounts, or employers, in the ledger: the holder is one of them. */
  readonly anonymitySet?: number;
  readonly mode?: 'all' | 'any';
  /** How many a set has. */
  readonly requests?: number;
  /** Of a set: one a proof. */
  readonly answers?: readonly (Asked & {
    /** From 0. */
    readonly index: number;
    readonly verified: boolean;
    readonly reason: string;
    readonly text: string;
  })[];
}

/** Verdicts on many, in order, under the names given. */
export interface BatchAnswer {
  /** Whether all are. */
  readonly verified: boolean;
  readonly summary: {
    readonly total: number;
    readonly verified: number;
    /** Well-formed, but false. */
    readonly refused: number;
    readonly malformed: number;
    /** Verified, but of a holder who is there already. */
    readonly repeated: number;
    /** Different holders among the verified; only where they share a scope. */
    readonly holders?: number;
  };
  readonly verdicts: readonly (VerdictAnswer & {
    readonly name: string;
    /** Name of an earlier verified one of the same holder. */
    readonly repeats?: string;
  })[];
}

/** A use people know by name. */
export type PresetAnswer = PresetDescription;
