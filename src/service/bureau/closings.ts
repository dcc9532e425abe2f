import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth, type MonthIndex, toMonthIndex } from '../../core/month.ts';
import type { CloseStage } from '../../jobs/settle-epochs.ts';
import type { Service } from '../service.ts';
import { newId } from '../tokens.ts';
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
export interface ClosingJob {
  readonly id: string;
  readonly kind: 'close' | 'check';
  readonly month: MonthIndex | null;
  readonly revise: boolean;
  readonly state: 'queued' | 'closing' | 'done' | 'failed';
  readonly progress: ClosingProgress | null;
  readonly result: ClosingResult | null;
  readonly error: KeptError | null;
  readonly attempts: number;
  readonly operator: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export type NewClosing = { readonly operator: string } & (
  | { readonly kind: 'close'; readonly month: MonthIndex; readonly revise: boolean }
  | { readonly kind: 'check' }
);

/** Queues a closing, or a check. @returns its id */
export async function beginClosing(service: Service, closing: NewClosing): Promise<string> {
  const { db, queue, clock, random } = service;
  const id = newId(random);
  const { kind, operator } = closing;
  const what = kind === 'close' ? closing : { month: null, revise: false };
  await db
    .insertInto('closing')
    .values({
      ...{
        id,
        kind,
        operator,
        state: 'queued',
        month: what.month,
        revise: what.revise,
        attempts: 0,
      },
      created_at: new Date(clock() * 1000),
    })
    .execute();
  await queue.send(CLOSING_QUEUE, id);
  return id;
}

function closings({ db }: Pick<Service, 'db'>) {
  return db
    .selectFrom('closing')
    .select(['id', 'kind', 'month', 'revise', 'state', 'progress', 'result', 'error', 'attempts'])
    .select(['operator', 'created_at as createdAt', 'ended_at as endedAt']);
}

/** Newest first. */
export async function listClosings(
  service: Pick<Service, 'db'>,
  { limit }: { readonly limit: number },
): Promise<ClosingJob[]> {
  const rows = await closings(service).orderBy('created_at', 'desc').limit(limit).execute();
  return rows.map(toClosing);
}

/** Those that are not at their end, oldest first. */
export async function openClosings(service: Pick<Service, 'db'>): Promise<ClosingJob[]> {
  const query = closings(service).where('ended_at', 'is', null).orderBy('created_at');
  return (await query.execute()).map(toClosing);
}

/** @throws closing.not_found */
export async function getClosing(service: Pick<Service, 'db'>, id: string): Promise<ClosingJob> {
  const row = await closings(service).where('id', '=', id).executeTakeFirst();
  if (!row) throw new CanbaoError('closing.not_found');
  return toClosing(row);
}

type ClosingRow = Awaited<ReturnType<ReturnType<typeof closings>['execute']>>[number];

function toClosing({ month, progress, result, error, ...row }: ClosingRow): ClosingJob {
  return {
    ...row,
    month: month === null ? null : toMonthIndex(month),
    // jsonb arrives parsed.
    progress: progress as ClosingProgress | null,
    result: result as ClosingResult | null,
    error: error as KeptError | null,
  };
}

export function epochName({ month, revision }: { month: MonthIndex; revision: number }): EpochName {
  return { month: formatMonth(month), revision };
}
