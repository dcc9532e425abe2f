import type { Service } from '../service.ts';

/** What an action was done to: ids, months, counts. Never personal data. */
export type ActionFacts = Readonly<Record<string, string | number | boolean>>;

export interface LoggedAction {
  /** Subject of the operator's token. */
  readonly operator: string;
  /** The role it was done in; of a refusal, those the operator has. */
  readonly role: string;
  readonly action: string;
  readonly facts: ActionFacts;
  /** `ok`, or the code of the error. */
  readonly outcome: string;
}

export interface LogEntry extends LoggedAction {
  readonly id: number;
  readonly at: Date;
}

type LogService = Pick<Service, 'db' | 'clock'>;

/** Adds a row. The database refuses to change one, or to delete one within three years. */
export async function logAction({ db, clock }: LogService, action: LoggedAction): Promise<void> {
  await db
    .insertInto('operator_log')
    .values({ ...action, facts: JSON.stringify(action.facts), at: new Date(clock() * 1000) })
    .execute();
}

/** The log, newest first. @param page.before only rows older than this id */
export async function readLog(
  { db }: Pick<Service, 'db'>,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<LogEntry[]> {
  const rows = await db
    .selectFrom('operator_log')
    .selectAll()
    .$if(before !== undefined, (query) => query.where('id', '<', before ?? 0))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, facts: row.facts as ActionFacts }));
}
