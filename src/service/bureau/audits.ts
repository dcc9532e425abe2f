import type { PlainFacts } from '../../core/errors/canbao-error.ts';
import type { AuditReport, AuditStage } from '../../jobs/audit/audit-ledger.ts';
import type { FindingCode } from '../../jobs/audit/finding-texts.ts';
import type { EpochTotals } from '../../jobs/audit/totals.ts';
import type { EpochName } from './closings.ts';
import { type OrderedJob, orderedJobs } from './ordered-jobs.ts';
import { AUDIT_QUEUE } from './queues.ts';

export interface AuditProgress {
  readonly stage: AuditStage;
  /** Of the stage, 0 to 1. */
  readonly share: number;
  /** The epoch that is rebuilt. */
  readonly epoch?: string;
}

/** What came of an audit. */
export interface AuditResult {
  /** The first ones; `findingCount` has all. */
  readonly findings: readonly { readonly code: FindingCode; readonly facts: PlainFacts }[];
  readonly findingCount: number;
  /** The epochs that were rebuilt out of the records. */
  readonly epochs: readonly (EpochName & {
    readonly root: string;
    readonly ok: boolean;
    readonly totals: EpochTotals;
  })[];
  readonly unchecked: AuditReport['unchecked'];
}

/** An audit of the ledger, or of one month alone. */
export type AuditJob = OrderedJob<'auditing', AuditProgress, AuditResult>;

export const audits = orderedJobs<AuditJob>({
  ...{ table: 'audit', atWork: 'auditing' },
  ...{ queue: AUDIT_QUEUE, notFound: 'audit.not_found' },
});
