import { type RawBuilder, sql } from 'kysely';
import { type Fr, frFromBytes } from '../../core/field.ts';
import type { ServiceDb } from '../store/tables.ts';
import type { StoredError } from './proof-error.ts';

/**
 * States of a job: `queued → proving → done | failed`, back to `queued` when an attempt is given up,
 * `cancelled` from either. The row is what counts; the queue only says when to look. Every step names
 * the state it is from, and an attempt its claim, so that a step done twice is done once, and an
 * attempt that was taken for dead changes nothing any more.
 */
export interface ClaimedJob {
  readonly id: string;
  readonly claim: string;
  readonly commitment: Fr;
  /** Sealed. */
  readonly inputs: Uint8Array;
  /** This one with them. */
  readonly attempts: number;
}

export type JobOutcome =
  | { readonly state: 'done'; readonly presentation: unknown }
  | { readonly state: 'failed'; readonly error: StoredError };

const OPEN = ['queued', 'proving'] as const;

/** By the clock of the database, which all workers share. */
export function fromNow(seconds: number): RawBuilder<Date> {
  return sql<Date>`now() + ${seconds}::float8 * interval '1 second'`;
}

/** Begins an attempt; undefined where another has, or the job has ended. */
export async function claimJob(
  db: ServiceDb,
  id: string,
  claim: string,
  leaseSeconds: number,
): Promise<ClaimedJob | undefined> {
  const row = await db
    .updateTable('proof_job')
    .set({
      state: 'proving',
      claim,
      progress: 0,
      leased_until: fromNow(leaseSeconds),
      attempts: sql<number>`attempts + (claim is null)::int`,
    })
    .where('id', '=', id)
    .where((is) => is.or([is('state', '=', 'queued'), is('claim', '=', claim)]))
    .returning(['commitment', 'inputs', 'attempts'])
    .executeTakeFirst();
  if (!row?.inputs) return undefined;
  const { inputs, attempts } = row;
  return { id, claim, commitment: frFromBytes(row.commitment), inputs, attempts };
}

/** @returns whether the attempt still counts: false once the job is cancelled or taken over */
export async function keepJob(
  db: ServiceDb,
  job: ClaimedJob,
  progress: number,
  leaseSeconds: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('proof_job')
    .set({ progress, leased_until: fromNow(leaseSeconds) })
    .where('id', '=', job.id)
    .where('claim', '=', job.claim)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Ends the job with what this attempt came to, if it still counts; the inputs go. */
export async function endJob(
  db: ServiceDb,
  job: ClaimedJob,
  outcome: JobOutcome,
  at: Date,
): Promise<void> {
  await db
    .updateTable('proof_job')
    .set({
      state: outcome.state,
      ...(outcome.state === 'done'
        ? { presentation: JSON.stringify(outcome.presentation), progress: 1 }
        : { error: JSON.stringify(outcome.error) }),
      inputs: null,
      claim: null,
      ended_at: at,
    })
    .where('id', '=', job.id)
    .where('claim', '=', job.claim)
    .execute();
}

/**
 * Gives an attempt up; the job is looked at again after a while.
 * @param counts whether it was an attempt: not where its worker was told to end
 */
export async function releaseJob(
  db: ServiceDb,
  job: ClaimedJob,
  { seconds, counts }: { readonly seconds: number; readonly counts: boolean },
): Promise<void> {
  await db
    .updateTable('proof_job')
    .set({
      ...{ state: 'queued', claim: null, progress: 0 },
      leased_until: fromNow(seconds),
      attempts: job.attempts - (counts ? 0 : 1),
    })
    .where('id', '=', job.id)
    .where('claim', '=', job.claim)
    .execute();
}

/**
 * Queues anew what nothing has been heard of: attempts of workers that died, and jobs whose place in
 * the queue was lost.
 * @returns their ids
 */
export async function reviveJobs(db: ServiceDb, leaseSeconds: number): Promise<string[]> {
  const rows = await db
    .updateTable('proof_job')
    .set({ state: 'queued', claim: null, progress: 0, leased_until: fromNow(leaseSeconds) })
    .where('state', 'in', OPEN)
    .where('leased_until', '<', sql<Date>`now()`)
    .returning('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** Jobs of a holder that have not ended. */
export async function countOpen(db: ServiceDb, commitment: Uint8Array): Promise<number> {
  const { open } = await db
    .selectFrom('proof_job')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('commitment', '=', commitment)
    .where('state', 'in', OPEN)
    .executeTakeFirstOrThrow();
  return Number(open);
}

/** @returns whether it was still open */
export async function cancelJob(
  db: ServiceDb,
  id: string,
  commitment: Uint8Array,
  at: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('proof_job')
    .set({ state: 'cancelled', inputs: null, claim: null, ended_at: at })
    .where('id', '=', id)
    .where('commitment', '=', commitment)
    .where('state', 'in', OPEN)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
