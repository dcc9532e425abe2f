import { type RawBuilder, sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { boolArray, bytesArray, intArray, textArray } from '../../ledger/store/columns.ts';
import type { Db } from '../../ledger/store/tables.ts';
import { type FeedColumn, type FeedRow, type FeedTable, keyOf } from '../feed/feed-table.ts';
import { supersedeByNewer } from './supersede.ts';

/** The key of the last row held; before the first one where the table is empty. */
export async function lastHeld(db: Db, table: FeedTable): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`
    select max(${sql.ref(keyOf(table))}) as last from ${sql.table(table.name)}`.execute(db);
  return rows[0]?.last ?? (table.firstKey ?? 1) - 1;
}

/**
 * Adds rows behind those held, in one transaction with the rows' effect on older versions. Rows held
 * already must be what they were; nothing held is ever changed but for being superseded.
 * @param rows checked, by ascending key
 * @throws feed.gap, feed.row_changed, feed.bad_row
 */
export async function appendRows(
  trx: Db,
  table: FeedTable,
  rows: readonly FeedRow[],
): Promise<void> {
  const last = await lastHeld(trx, table);
  let previous = last;
  const fresh: FeedRow[] = [];
  for (const row of rows) {
    const key = Number(row[0]);
    if (key <= last) {
      await expectSame(trx, table, row);
      continue;
    }
    const isNext = table.firstKey === undefined ? key > previous : key === previous + 1;
    if (!isNext) {
      throw new CanbaoError('feed.gap', { table: table.name, got: key, expected: previous + 1 });
    }
    fresh.push(row);
    previous = key;
  }
  if (fresh.length === 0) return;
  await expectReferences(trx, table, fresh);
  const superseded = await supersedeByNewer(trx, table, fresh);
  await insert(trx, table, fresh, superseded);
  if (table.name === 'enrolment') await expectOwnKeys(trx, last);
}

/** A row that comes again says what it said, or the past was rewritten. */
async function expectSame(trx: Db, table: FeedTable, row: FeedRow): Promise<void> {
  const cells = table.columns.map(({ name, type }, i) => {
    const cell = row[i] ?? null;
    const value = type === 'bytea' ? Buffer.from(`${cell}`, 'base64') : cell;
    return sql<boolean>`${sql.ref(name)} is not distinct from ${value}::${sql.raw(type)}`;
  });
  const { rows } = await sql<{ one: number }>`select 1 as one from ${sql.table(table.name)}
    where ${sql.join(cells, sql` and `)}`.execute(trx);
  if (rows.length === 0) {
    throw new CanbaoError('feed.row_changed', { table: table.name, row: Number(row[0]) });
  }
}

/** Columns that name a row of another table. */
const references: Readonly<Record<string, readonly [table: string, column: string]>> = {
  source_id: ['source', 'id'],
  batch_id: ['import_batch', 'id'],
  account_index: ['person', 'account_index'],
  employer_index: ['employer', 'employer_index'],
  employer: ['employer', 'credit_code'],
};

/** Every person, employer, file and source a row names is held already. */
async function expectReferences(
  trx: Db,
  table: FeedTable,
  rows: readonly FeedRow[],
): Promise<void> {
  for (const [at, column] of table.columns.entries()) {
    const target = at > 0 ? references[column.name] : undefined;
    if (!target) continue;
    const [held, by] = target;
    const named = new Map<unknown, number>();
    for (const row of rows) {
      const cell = row[at] ?? null;
      if (cell !== null && !named.has(cell)) named.set(cell, Number(row[0]));
    }
    const values = toArray(column, [...named.keys()] as FeedRow);
    const { rows: missing } = await sql<{ value: number | string }>`
      select value from unnest(${values}) as named (value)
      where not exists (select from ${sql.table(held)} where ${sql.ref(by)} = value)
      limit 1`.execute(trx);
    if (missing[0]) {
      const row = named.get(missing[0].value) ?? '?';
      throw new CanbaoError('feed.bad_row', {
        ...{ table: table.name, row, reason: `${column.name} names nothing that came before` },
      });
    }
  }
}

/** Two owners of one key would share their nullifiers. */
async function expectOwnKeys(trx: Db, last: number): Promise<void> {
  const { rows } = await sql<{ id: number }>`select fresh.id
    from enrolment as fresh join enrolment as other using (commitment)
    where fresh.id > ${last}::bigint
      and (fresh.account_index, fresh.employer_index)
        is distinct from (other.account_index, other.employer_index)
    order by fresh.id desc limit 1`.execute(trx);
  const [taken] = rows;
  if (!taken) return;
  const reason = 'the key is another’s';
  throw new CanbaoError('feed.bad_row', { table: 'enrolment', row: taken.id, reason });
}

/** What the copy does not get: the names of files and what was counted in them. All of one is in, as far as an epoch saw. */
const constants: Partial<Record<FeedTable['name'], Readonly<Record<string, string>>>> = {
  import_batch: { file_name: '', counts: '{}', state: 'done' },
};

async function insert(
  trx: Db,
  table: FeedTable,
  rows: readonly FeedRow[],
  superseded: readonly (number | null)[] | undefined,
): Promise<void> {
  const columns = table.columns.map(({ name }) => sql.ref(name));
  const values: RawBuilder<unknown>[] = table.columns.map((column, i) =>
    toArray(
      column,
      rows.map((row) => row[i] ?? null),
    ),
  );
  if (superseded) {
    columns.push(sql.ref('superseded_by'));
    values.push(intArray(superseded, 'bigint'));
  }
  const fixed = Object.entries(constants[table.name] ?? {});
  const names = [...columns, ...fixed.map(([name]) => sql.ref(name))];
  const more = fixed.map(([, value]) => sql`, ${sql.lit(value)}`);
  // The two tables whose ids the database gives take those of the leader.
  const overriding = table.firstKey === undefined ? sql`overriding system value` : sql``;
  await sql`insert into ${sql.table(table.name)} (${sql.join(names)}) ${overriding}
    select given.*${sql.join(more, sql``)} from unnest(${sql.join(values)}) as given`
    .execute(trx)
    .catch((error: unknown) => {
      if (!isConstraint(error)) throw error;
      // The database's own words quote the row.
      throw new CanbaoError('feed.bad_row', {
        ...{ table: table.name, row: `${rows[0]?.[0]}–${rows.at(-1)?.[0]}` },
        reason: 'one repeats another or breaks a rule of the table',
      });
    });
}

/** SQLSTATE class 23. */
function isConstraint(error: unknown): boolean {
  return String((error as { code?: unknown }).code ?? '').startsWith('23');
}

function toArray({ type }: FeedColumn, cells: FeedRow): RawBuilder<unknown> {
  if (type === 'text') return textArray(cells as (string | null)[]);
  if (type === 'bool') return boolArray(cells as boolean[]);
  if (type === 'bytea') {
    return bytesArray(cells.map((cell) => Buffer.from(`${cell}`, 'base64')));
  }
  return intArray(cells as (number | null)[], type);
}
