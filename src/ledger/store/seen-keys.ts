import { sql } from 'kysely';
import { intArray } from './columns.ts';
import type { Db } from './tables.ts';

/** Keys a file has said again without change: a later row of it must agree, yet nothing was written. */
export interface SeenKeys {
  add(trx: Db, keys: readonly number[]): Promise<void>;
  /** Those of `keys` that were added. */
  among(trx: Db, keys: readonly number[]): Promise<number[]>;
}

/**
 * Kept in a table that outlives the process, so that a cumulative export of any size costs no memory
 * here and an import cut short knows what its file has said. Empty when an import begins.
 */
export async function seenKeys(trx: Db): Promise<SeenKeys> {
  const { rows } = await sql`select from import_seen_key limit 1`.execute(trx);
  let empty = rows.length === 0;
  return {
    async add(trx, keys) {
      if (keys.length === 0) return;
      empty = false;
      await sql`insert into import_seen_key select * from unnest(${intArray(keys, 'bigint')})
        on conflict do nothing`.execute(trx);
    },
    async among(trx, keys) {
      if (empty || keys.length === 0) return [];
      const found = await sql<{ key: number }>`select key from import_seen_key
        where key in (select unnest(${intArray(keys, 'bigint')}))`.execute(trx);
      return found.rows.map((row) => row.key);
    },
  };
}

/** The first free id. Assumes the lock of whoever writes this table. */
export async function nextId(
  trx: Db,
  table: 'record' | 'person_facts' | 'enrolment' | 'refused_row',
): Promise<number> {
  const { rows } = await sql<{ next: number }>`select coalesce(max(id) + 1, 1) as next
    from ${sql.table(table)}`.execute(trx);
  return rows[0]?.next ?? 1;
}
