import { formatMonth, type MonthIndex } from '../../core/month.ts';
import type { CloseStage } from '../../jobs/settle-epochs.ts';
import { type OrderedJob, orderedJobs } from './ordered-jobs.ts';
import { CLOSING_QUEUE } from './queues.ts';
import type { KeptError } from './uploads.ts';

export interface ClosingProgress {
  readonly stage: CloseStage;
  /** Of the stage, 0 to 1. */
  readonly share: number;
}

/** An epoch as answers name it. */
export interface EpochName {
  /** `2026-10` */
  readonly month: string;
  readonly revision: number;
}

/** What came of a closing, or of a check. */
export interface ClosingResult {
  /** Epochs that became final. */
  readonly settled: readonly EpochName[];
  /** Of those, the ones the chain had lost. */
  readonly takenBack: readonly EpochName[];
  /** The closed epoch: its root and who signed it. */
  readonly epoch?: EpochName & { readonly root: string; readonly signers: readonly string[] };
  /** Authorities that did not sign, and why. */
  readonly refused: readonly (KeptError & { readonly peer: string })[];
}

/** A month to be closed, or the ledger to be held against the chain. */
export interface ClosingJob extends OrderedJob<'closing', ClosingProgress, ClosingResult> {
  readonly kind: 'close' | 'check';
  readonly revise: boolean;
}

export const closings = orderedJobs<ClosingJob>({
  ...{ table: 'closing', atWork: 'closing' },
  ...{ queue: CLOSING_QUEUE, notFound: 'closing.not_found' },
});

export function epochName({ month, revision }: { month: MonthIndex; revision: number }): EpochName {
  return { month: formatMonth(month), revision };
}
