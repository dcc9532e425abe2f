import { sql } from 'kysely';
import {
  numberedTableNames,
  numberedTables,
  versionedTableNames,
  versionKeys,
} from '../../ledger/store/row-keys.ts';
import type { Db } from '../../ledger/store/tables.ts';
import { type Finding, finding } from './finding.ts';

/** Findings of one kind told at most; a ledger in ruins is told in a page. */
export const MAX_TOLD = 20;

/** Numbers that are not there: a version or a place was deleted, or one was numbered past the last. */
export async function checkNumbers(db: Db): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const table of numberedTableNames) {
    const { column, first } = numberedTables[table];
    const { rows } = await sql<{ id: number; before: number }>`select * from (
        select ${sql.ref(column)} as id,
          lag(${sql.ref(column)}, 1, ${sql.lit(first - 1)}::bigint) over (order by ${sql.ref(column)}) as before
        from ${sql.table(table)}) as numbers
      where id <> before + 1 order by id limit ${sql.lit(MAX_TOLD)}`.execute(db);
    for (const { id, before } of rows) {
      findings.push(finding('audit.ids_missing', { table, from: before + 1, to: id - 1 }));
    }
  }
  return findings;
}

/** Accounts whose versions are looked at in one statement. */
const ACCOUNTS_AT_ONCE = 4096;

/**
 * Versions of one key follow each other: each is superseded by the next, and the last by none. So
 * `superseded_by` says nothing that the ids do not, and any other value is a change.
 */
export async function checkVersions(
  db: Db,
  accounts: number,
  onProgress: (share: number) => void = () => {},
): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const table of versionedTableNames) {
    const key = versionKeys[table];
    for (let from = 0; from < accounts && findings.length < MAX_TOLD; from += ACCOUNTS_AT_ONCE) {
      const { rows } = await sql<{ id: number; said: number | null; should: number | null }>`
        select * from (
          select id, superseded_by as said,
            lead(id) over (partition by ${sql.join(key.map((name) => sql.ref(name)))} order by id) as should
          from ${sql.table(table)}
          where account_index >= ${sql.lit(from)} and account_index < ${sql.lit(from + ACCOUNTS_AT_ONCE)}
        ) as versions
        where said is distinct from should order by id limit ${sql.lit(MAX_TOLD)}`.execute(db);
      for (const { id, said, should } of rows) {
        const facts = { table, id, said: said ?? 'none', should: should ?? 'none' };
        findings.push(finding('audit.version_broken', facts));
      }
      onProgress(Math.min(1, (from + ACCOUNTS_AT_ONCE) / accounts));
    }
  }
  return findings;
}

/** Rows of people and employers that have no place, and keys that two of them share. */
export async function checkOwners(db: Db): Promise<Finding[]> {
  const strays = await sql<{ id: number; owner: string }>`
    select id, 'account ' || account_index as owner from record
      where not exists (select from person where person.account_index = record.account_index)
    union all select id, employer from record where employer is not null
      and not exists (select from employer where credit_code = record.employer)
    order by id limit ${sql.lit(MAX_TOLD)}`.execute(db);
  const shared = await sql<{ id: number }>`
    select max(id) as id from enrolment group by commitment
      having count(distinct (account_index, employer_index)) > 1
      order by id limit ${sql.lit(MAX_TOLD)}`.execute(db);
  return [
    ...strays.rows.map((row) => finding('audit.place_unknown', { table: 'record', ...row })),
    ...shared.rows.map(({ id }) => finding('audit.key_shared', { id })),
  ];
}
