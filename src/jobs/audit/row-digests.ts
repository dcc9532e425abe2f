import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from '../../ledger/store/tables.ts';

/** Rows under one digest: what a change is narrowed down to. */
export const BLOCK_ROWS = 1024;

/** Tables an audit notes, the column they are numbered by, and the first number. */
const numbers = {
  person: { column: 'account_index', first: 0 },
  employer: { column: 'employer_index', first: 0 },
  person_facts: { column: 'id', first: 1 },
  record: { column: 'id', first: 1 },
  enrolment: { column: 'id', first: 1 },
} as const;

export type NotedTable = keyof typeof numbers;
export const notedTables = Object.keys(numbers) as NotedTable[];

export interface BlockDigests {
  /** Rows numbered below `first + count`; the last block may be short. */
  readonly count: number;
  readonly first: number;
  readonly digests: string[];
}

/**
 * Digests of a table's rows, block by block. Every column counts; that a version was superseded
 * since by one beyond `limit` does not.
 * @param limit rows to look at; default: all
 */
export async function blockDigests(
  db: Db,
  table: NotedTable,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<BlockDigests> {
  const { column, first } = numbers[table];
  const highest = await sql<{ count: number }>`
    select coalesce(max(${sql.ref(column)}) - ${sql.lit(first)} + 1, 0)::bigint as count
    from ${sql.table(table)}`.execute(db);
  const count = Math.min(limit, highest.rows[0]?.count ?? 0);
  const digests: string[] = [];
  for (let start = first; start < first + count; start += BLOCK_ROWS) {
    const end = Math.min(start + BLOCK_ROWS, first + count);
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}
      where ${sql.ref(column)} >= ${sql.lit(start)} and ${sql.ref(column)} < ${sql.lit(end)}
      order by ${sql.ref(column)}`.execute(db);
    const hash = createHash('sha256');
    for (const row of rows) hash.update(`${rowText(row, first + count)}\n`);
    digests.push(hash.digest('hex').slice(0, 32));
  }
  return { count, first, digests };
}

/** @param end numbers from here on are not noted */
function rowText({ superseded_by: by, ...row }: Record<string, unknown>, end: number): string {
  const known = typeof by === 'number' && by < end ? { superseded_by: by } : {};
  const cells = Object.entries({ ...row, ...known }).map(([name, value]) => [name, cell(value)]);
  return JSON.stringify(cells.sort());
}

function cell(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
}
