import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { type NumberedTable, numberedTables } from '../../ledger/store/row-keys.ts';
import type { Db } from '../../ledger/store/tables.ts';

/** Rows under one digest: what a change is narrowed down to. */
export const BLOCK_ROWS = 1024;

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
  table: NumberedTable,
  limit = Number.MAX_SAFE_INTEGER,
): Promise<BlockDigests> {
  const { column, first } = numberedTables[table];
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
