import type { EpochRoot } from '../../core/brands.ts';
import type { MonthIndex } from '../../core/month.ts';

/** A root as one source tells it; times are Unix seconds, and missing where the source has none. */
export interface SourceEpoch {
  readonly root: EpochRoot;
  readonly month: MonthIndex;
  readonly revision: number;
  readonly accounts?: number;
  readonly publishedAt?: number;
  readonly supersededAt?: number;
  readonly correctedAt?: number;
}

/** Somebody's list of published roots, in the order of publication. */
export interface EpochSource {
  /** How findings call it: `chain`, a file's name, `ledger`. */
  readonly name: string;
  readonly epochs: readonly SourceEpoch[];
}

/** Month and revision as one key. */
export function epochKey({ month, revision }: Pick<SourceEpoch, 'month' | 'revision'>): string {
  return `${month}/${revision}`;
}
