import { sql } from 'kysely';
import { CanbaoError, type PlainFacts } from '../../core/errors/canbao-error.ts';
import { type MonthIndex, toMonthIndex } from '../../core/month.ts';
import type { AuditReport, AuditStage } from '../../jobs/audit/audit-ledger.ts';
import type { FindingCode } from '../../jobs/audit/finding-texts.ts';
import type { EpochTotals } from '../../jobs/audit/totals.ts';
import type { Service } from '../service.ts';
import { newId } from '../tokens.ts';
import type { EpochName } from './closings.ts';
import { AUDIT_QUEUE } from './queues.ts';
import type { KeptError } from './uploads.ts';

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

/** An audit of the ledger, or of one month, that an operator asked for. */
export interface AuditJob {
  readonly id: string;
  /** This month alone. */
  readonly month: MonthIndex | null;
  readonly state: 'queued' | 'auditing' | 'done' | 'failed';
  readonly progress: AuditProgress | null;
  readonly result: AuditResult | null;
  readonly error: KeptError | null;
  readonly attempts: number;
  readonly operator: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

/** Queues an audit. @returns its id */
export async function beginAudit(
  { db, queue, clock, random }: Service,
  { month, operator }: { readonly month: MonthIndex | null; readonly operator: string },
): Promise<string> {
  const id = newId(random);
  await db
    .insertInto('audit')
    .values({
      ...{ id, month, operator, state: 'queued', attempts: 0 },
      created_at: new Date(clock() * 1000),
    })
    .execute();
  await queue.send(AUDIT_QUEUE, id);
  return id;
}

function audits({ db }: Pick<Service, 'db'>) {
  return db
    .selectFrom('audit')
    .select(['id', 'month', 'state', 'progress', 'result', 'error', 'attempts', 'operator'])
    .select(['created_at as createdAt', 'ended_at as endedAt']);
}

/** Newest first. */
export async function listAudits(
  service: Pick<Service, 'db'>,
  { limit }: { readonly limit: number },
): Promise<AuditJob[]> {
  const rows = await audits(service).orderBy('created_at', 'desc').limit(limit).execute();
  return rows.map(toAudit);
}

/** Those that are not at their end, oldest first. */
export async function openAudits(service: Pick<Service, 'db'>): Promise<AuditJob[]> {
  const query = audits(service).where('ended_at', 'is', null).orderBy('created_at');
  return (await query.execute()).map(toAudit);
}

/** @throws audit.not_found */
export async function getAudit(service: Pick<Service, 'db'>, id: string): Promise<AuditJob> {
  const row = await audits(service).where('id', '=', id).executeTakeFirst();
  if (!row) throw new CanbaoError('audit.not_found');
  return toAudit(row);
}

type AuditRow = Awaited<ReturnType<ReturnType<typeof audits>['execute']>>[number];

function toAudit({ month, progress, result, error, ...row }: AuditRow): AuditJob {
  return {
    ...row,
    month: month === null ? null : toMonthIndex(month),
    // jsonb arrives parsed.
    progress: progress as AuditProgress | null,
    result: result as AuditResult | null,
    error: error as KeptError | null,
  };
}

/** @returns which attempt it is, from 1 */
export async function startAudit({ db }: Pick<Service, 'db'>, id: string): Promise<number> {
  const { attempts } = await db
    .updateTable('audit')
    .set({ state: 'auditing', attempts: sql<number>`attempts + 1` })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returning('attempts')
    .executeTakeFirstOrThrow();
  return attempts;
}

export async function noteAudit(
  { db }: Pick<Service, 'db'>,
  id: string,
  progress: AuditProgress,
): Promise<void> {
  await db
    .updateTable('audit')
    .set({ progress: JSON.stringify(progress) })
    .where('id', '=', id)
    .execute();
}

/** Writes down that an audit is at its end, unless it was already. */
export async function endAudit(
  { db, clock }: Pick<Service, 'db' | 'clock'>,
  id: string,
  how: { readonly result: AuditResult } | { readonly error: KeptError },
): Promise<void> {
  await db
    .updateTable('audit')
    .set({
      ended_at: new Date(clock() * 1000),
      ...('result' in how
        ? { state: 'done' as const, result: JSON.stringify(how.result) }
        : { state: 'failed' as const, error: JSON.stringify(how.error) }),
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute();
}
