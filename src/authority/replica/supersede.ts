import { sql } from 'kysely';
import { intArray } from '../../ledger/store/columns.ts';
import { versionKeys } from '../../ledger/store/row-keys.ts';
import type { Db } from '../../ledger/store/tables.ts';
import type { FeedRow, FeedTable } from '../feed/feed-table.ts';

/**
 * Which version followed which is not told but derived: of one key, the next by id. Marks the held
 * versions that `rows` supersede.
 * @returns of each row the id of the one among `rows` that supersedes it; undefined for tables
 * without versions
 */
export async function supersedeByNewer(
  trx: Db,
  table: FeedTable,
  rows: readonly FeedRow[],
): Promise<(number | null)[] | undefined> {
  const { name: tableName } = table;
  if (!(tableName === 'record' || tableName === 'person_facts')) return undefined;
  const key: readonly string[] = versionKeys[tableName];
  const places = key.map((name) => table.columns.findIndex((column) => column.name === name));
  const newest = new Map<string, number>();
  const first: FeedRow[] = [];
  const superseded: (number | null)[] = rows.map(() => null);
  for (const [i, row] of rows.entries()) {
    const name = places.map((at) => row[at]).join('|');
    const before = newest.get(name);
    if (before === undefined) first.push(row);
    else superseded[before] = Number(row[0]);
    newest.set(name, i);
  }
  const values = places.map((at) =>
    intArray(
      first.map((row) => Number(row[at])),
      'bigint',
    ),
  );
  const ids = intArray(
    first.map((row) => Number(row[0])),
    'bigint',
  );
  const same = key.map(
    (name) => sql`${sql.ref(`${table.name}.${name}`)} = ${sql.ref(`newer.${name}`)}`,
  );
  await sql`update ${sql.table(table.name)} set superseded_by = newer.by
    from unnest(${sql.join([...values, ids])}) as newer (${sql.join(
      [...key, 'by'].map((name) => sql.ref(name)),
    )})
    where ${sql.join(same, sql` and `)} and superseded_by is null`.execute(trx);
  return superseded;
}
