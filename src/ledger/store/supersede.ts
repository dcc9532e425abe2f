import { sql } from 'kysely';
import { intArray } from './columns.ts';
import type { Db } from './tables.ts';

/**
 * Versions that are no longer effective. Before the new ones are written: a key has one effective version.
 * @param by id of the version that takes the place of `old[i]`
 */
export async function supersede(
  trx: Db,
  table: 'record' | 'person_facts',
  old: readonly number[],
  by: readonly number[],
): Promise<void> {
  if (old.length === 0) return;
  await sql`update ${sql.table(table)} as version set superseded_by = pairs.by
    from unnest(${intArray(old, 'bigint')}, ${intArray(by, 'bigint')}) as pairs (old, by)
    where version.id = pairs.old`.execute(trx);
}
