import { sql } from 'kysely';
import { intArray } from './columns.ts';
import type { Db } from './tables.ts';

/** Keys a file has said again without change: a later row of it must agree, yet nothing was written. */
export interface SeenKeys {
  add(keys: readonly number[]): Promise<void>;
  /** Those of `keys` that were added. */
  among(keys: readonly number[]): Promise<number[]>;
}

/** Kept in a temporary table, so that a cumulative export of any size costs no memory here. */
export async function seenKeys(trx: Db): Promise<SeenKeys> {
  let empty = true;
  await sql`create temporary table seen_key (key bigint primary key) on commit drop`.execute(trx);
  return {
    async add(keys) {
      if (keys.length === 0) return;
      empty = false;
      await sql`insert into seen_key select * from unnest(${intArray(keys, 'bigint')})
        on conflict do nothing`.execute(trx);
    },
    async among(keys) {
      if (empty || keys.length === 0) return [];
      const found = await sql<{ key: number }>`select key from seen_key
        where key = any(${intArray(keys, 'bigint')})`.execute(trx);
      return found.rows.map((row) => row.key);
    },
  };
}

/** The first free id. Assumes the lock of whoever writes this table. */
export async function nextId(
  trx: Db,
  table: 'record' | 'person_facts' | 'enrolment',
): Promise<number> {
  const { rows } = await sql<{ next: number }>`select coalesce(max(id) + 1, 1) as next
    from ${sql.table(table)}`.execute(trx);
  return rows[0]?.next ?? 1;
}
