import type { ServiceTables } from '../store/tables.ts';

const DAY = 86_400;

/** How long rows of a table are kept. */
export interface RetentionRule {
  readonly table: keyof ServiceTables;
  /** When a row's time is over; where it is empty, the row is still at work. */
  readonly column: string;
  /** Kept so long after, seconds. */
  readonly seconds: number;
}

/** Every table of the service is here or in {@link keptForever}; a test holds it. */
export const retentionRules: readonly RetentionRule[] = [
  { table: 'holder_challenge', column: 'expires_at', seconds: 0 },
  { table: 'holder_session', column: 'expires_at', seconds: 0 },
  { table: 'authority_nonce', column: 'expires_at', seconds: 0 },
  // Sealed private inputs go when the job ends; this is the presentation, for its holder to fetch.
  { table: 'proof_job', column: 'ended_at', seconds: DAY },
  // Its own time is bounded when it is kept.
  { table: 'certificate', column: 'expires_at', seconds: 0 },
  // With its verdict; the presentation itself is never kept.
  { table: 'presentation_request', column: 'expires_at', seconds: 30 * DAY },
  { table: 'webhook_delivery', column: 'ended_at', seconds: 30 * DAY },
  { table: 'upload', column: 'ended_at', seconds: 90 * DAY },
  { table: 'closing', column: 'ended_at', seconds: 365 * DAY },
  { table: 'audit', column: 'ended_at', seconds: 365 * DAY },
  // The database refuses to delete them earlier.
  { table: 'operator_log', column: 'at', seconds: 3 * 366 * DAY },
];

/**
 * A spent nullifier must stay spent, a claim that was delivered must not be delivered again, and a
 * verifier is struck off by hand.
 */
export const keptForever: readonly (keyof ServiceTables)[] = [
  'spent_nullifier',
  'benefit_claim',
  'verifier',
];
