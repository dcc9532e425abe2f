import { sql } from 'kysely';
import type { Store } from '../../src/ledger/store/open-store.ts';

/** All that an import writes but what is random or of the moment. */
export async function dumpImports({ db }: Store): Promise<unknown> {
  const tables = [
    sql`select * from source order by id`,
    sql`select id, state, source_id, kind, file_name, digest, counts, present, account_count,
      employer_count, record_cutoff, facts_cutoff from import_batch order by id`,
    sql`select * from refused_row order by id`,
    sql`select account_index, person_hash from person order by 1`,
    sql`select employer_index, credit_code from employer order by 1`,
    sql`select * from record order by id`,
    sql`select * from person_facts order by id`,
    sql`select * from import_seen_key order by key`,
  ];
  const rows = [];
  for (const table of tables) rows.push((await table.execute(db)).rows);
  return JSON.parse(JSON.stringify(rows));
}
