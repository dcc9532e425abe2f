import { type Selectable, sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { ErrorCode } from '../../core/errors/catalogue.ts';
import { type MonthIndex, toMonthIndex } from '../../core/month.ts';
import type { Service } from '../service.ts';
import type { ServiceTables } from '../store/tables.ts';
import { newId } from '../tokens.ts';
import type { KeptError } from './uploads.ts';

/** What an operator ordered and a worker does, and what became of it. */
export interface OrderedJob<AtWork extends string, Progress, Result> {
  readonly id: string;
  /** None where it is of no one month. */
  readonly month: MonthIndex | null;
  readonly state: 'queued' | AtWork | 'done' | 'failed';
  readonly progress: Progress | null;
  readonly result: Result | null;
  readonly error: KeptError | null;
  /** How often a worker began it. */
  readonly attempts: number;
  /** Subject of who ordered it. */
  readonly operator: string;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export type AnyJob = OrderedJob<string, unknown, unknown>;
export type JobEnd<Job extends AnyJob> =
  | { readonly result: NonNullable<Job['result']> }
  | { readonly error: KeptError };

export interface JobKind {
  readonly table: 'closing' | 'audit';
  readonly queue: string;
  /** Its state while a worker is at it. */
  readonly atWork: 'closing' | 'auditing';
  readonly notFound: ErrorCode;
}

type JobRow = Selectable<ServiceTables[JobKind['table']]>;
type Rows = Pick<Service, 'db'>;
export type OrderedJobs<Job extends AnyJob> = ReturnType<typeof orderedJobs<Job>>;

/** Jobs of one kind: a row each, and a place in the queue. */
export function orderedJobs<Job extends AnyJob>({ table, queue, atWork, notFound }: JobKind) {
  const rows = ({ db }: Rows) => db.selectFrom(table).selectAll();
  const open = ({ db }: Rows, id: string) =>
    db.updateTable(table).where('id', '=', id).where('ended_at', 'is', null);
  return {
    queue,

    /** Queues one. @returns its id */
    async begin(
      { db, queue: jobs, clock, random }: Service,
      ordered: Pick<Job, 'month' | 'operator'> & Omit<Job, keyof AnyJob>,
    ): Promise<string> {
      const id = newId(random);
      const created_at = new Date(clock() * 1000);
      await db
        .insertInto(table)
        .values({ ...ordered, id, state: 'queued', attempts: 0, created_at })
        .execute();
      await jobs.send(queue, id);
      return id;
    },

    /** Newest first. */
    async list(service: Rows, { limit }: { readonly limit: number }): Promise<Job[]> {
      const newest = rows(service).orderBy('created_at', 'desc').limit(limit);
      return (await newest.execute()).map(toJob<Job>);
    },

    /** Those that are not at their end, oldest first. */
    async listOpen(service: Rows): Promise<Job[]> {
      const oldest = rows(service).where('ended_at', 'is', null).orderBy('created_at');
      return (await oldest.execute()).map(toJob<Job>);
    },

    /** @throws `notFound` */
    async get(service: Rows, id: string): Promise<Job> {
      const row = await rows(service).where('id', '=', id).executeTakeFirst();
      if (!row) throw new CanbaoError(notFound);
      return toJob<Job>(row);
    },

    /** @returns which attempt it is, from 1 */
    async start(service: Rows, id: string): Promise<number> {
      const { attempts } = await open(service, id)
        .set({ state: atWork, attempts: sql<number>`attempts + 1` })
        .returning('attempts')
        .executeTakeFirstOrThrow();
      return attempts;
    },

    async note(service: Rows, id: string, progress: Job['progress']): Promise<void> {
      await open(service, id)
        .set({ progress: JSON.stringify(progress) })
        .execute();
    },

    /** Writes down that it is at its end, unless it was already. */
    async end(service: Pick<Service, 'db' | 'clock'>, id: string, end: JobEnd<Job>) {
      const how =
        'result' in end
          ? { state: 'done' as const, result: JSON.stringify(end.result) }
          : { state: 'failed' as const, error: JSON.stringify(end.error) };
      const ended_at = new Date(service.clock() * 1000);
      await open(service, id)
        .set({ ...how, ended_at })
        .execute();
    },
  };
}

function toJob<Job extends AnyJob>({ month, created_at, ended_at, ...row }: JobRow): Job {
  const at = { createdAt: created_at, endedAt: ended_at };
  // jsonb arrives parsed.
  return { ...row, ...at, month: month === null ? null : toMonthIndex(month) } as Job;
}
