import { sql } from 'kysely';
import type { EpochInputs } from '../../ledger/store/epochs.ts';
import type { Db } from '../../ledger/store/tables.ts';
import { type Cell, type FeedRow, type FeedTable, keyOf } from './feed-table.ts';

/** Rows in memory at once. */
const ROWS_A_QUERY = 2000;

/**
 * Rows of a table that an epoch has seen, in the order of their keys.
 * @param after the last key the reader holds
 * @param limit rows at most; the reader asks again
 */
export async function* feedRows(
  db: Db,
  table: FeedTable,
  inputs: EpochInputs,
  { after, limit }: { readonly after: number; readonly limit: number },
): AsyncIterable<readonly FeedRow[]> {
  const until = table.lastKey(inputs) ?? (await lastNamed(db, table, inputs));
  let last = after;
  for (let left = limit; left > 0; left -= ROWS_A_QUERY) {
    const rows = await page(db, table, last, until, Math.min(left, ROWS_A_QUERY));
    if (rows.length === 0) return;
    yield rows;
    last = Number(rows.at(-1)?.[0]);
  }
}

async function page(
  db: Db,
  table: FeedTable,
  after: number,
  until: number,
  limit: number,
): Promise<FeedRow[]> {
  const columns = sql.join(table.columns.map(({ name }) => sql.ref(name)));
  const key = sql.ref(keyOf(table));
  const { rows } = await sql<Record<string, unknown>>`
    select ${columns} from ${sql.table(table.name)}
    where ${key} > ${after}::bigint and ${key} <= ${until}::bigint
    order by ${key} limit ${limit}::int`.execute(db);
  return rows.map((row) => table.columns.map(({ name }) => toCell(row[name])));
}

function toCell(value: unknown): Cell {
  return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : (value as Cell);
}

/** Imports take turns: batches and sources up to those of the last versions are all that are named. */
async function lastNamed(db: Db, { name }: FeedTable, inputs: EpochInputs): Promise<number> {
  const lastBatch = sql`greatest(
    (select batch_id from record where id <= ${inputs.recordCutoff}::bigint order by id desc limit 1),
    (select batch_id from person_facts where id <= ${inputs.factsCutoff}::bigint order by id desc limit 1),
    0)`;
  const { rows } = await (name === 'source'
    ? sql<{ last: number }>`select coalesce(max(source_id), 0) as last from import_batch
        where id <= ${lastBatch}`
    : sql<{ last: number }>`select ${lastBatch} as last`
  ).execute(db);
  return rows[0]?.last ?? 0;
}
