import { sql } from 'kysely';
import type { Db } from '../../ledger/store/tables.ts';
import { MAX_TOLD } from './check-rows.ts';
import { type Finding, finding } from './finding.ts';

/** Rows one import wrote to a table, and what it said of them when it ended. */
interface BatchRows {
  readonly batch: number;
  readonly expected: number;
  readonly actual: number;
  /** Lowest and highest id; 0 where there is none. */
  readonly from: number;
  readonly to: number;
  readonly newPersons: number;
}

/** What the ledger holds of its imports. */
export interface Batches {
  readonly record: readonly BatchRows[];
  readonly person_facts: readonly BatchRows[];
}

const kinds = { record: 'contributions', person_facts: 'persons' } as const;
type BatchTable = keyof typeof kinds;

/** The imports with what they wrote, in their order. */
export async function readBatches(db: Db): Promise<Batches> {
  const read = async (table: BatchTable) => {
    const { rows } = await sql<BatchRows>`
      select import_batch.id as batch,
        (counts->>'added')::bigint + (counts->>'corrected')::bigint as expected,
        coalesce(actual, 0) as actual, coalesce("from", 0) as "from", coalesce("to", 0) as "to",
        (counts->>'newPersons')::bigint as "newPersons"
      from import_batch left join (
        select batch_id, count(*) as actual, min(id) as "from", max(id) as "to"
        from ${sql.table(table)} group by batch_id
      ) as written on batch_id = import_batch.id
      where kind = ${kinds[table]} order by import_batch.id`.execute(db);
    return rows;
  };
  return { record: await read('record'), person_facts: await read('person_facts') };
}

/**
 * Every import wrote as many rows as it said, one after the other, and every row is of an import.
 * What was slipped in or taken out since does not add up.
 */
export async function checkBatches(db: Db, batches: Batches): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const table of Object.keys(kinds) as BatchTable[]) {
    let last = 0;
    for (const { batch, expected, actual, from, to } of batches[table]) {
      if (actual !== expected) {
        findings.push(finding('audit.batch_count', { table, batch, expected, actual }));
      }
      if (actual === 0) continue;
      if (from !== last + 1 || to - from + 1 !== actual) {
        findings.push(finding('audit.batch_order', { table, batch, from, to }));
      }
      last = to;
    }
    const strays = await sql<{ id: number; batch: number }>`
      select id, batch_id as batch from ${sql.table(table)} as version where not exists (
        select from import_batch where import_batch.id = batch_id
          and import_batch.source_id = version.source_id and kind = ${kinds[table]})
      order by id limit ${sql.lit(MAX_TOLD)}`.execute(db);
    for (const row of strays.rows) findings.push(finding('audit.batch_unknown', { table, ...row }));
  }
  const refused = await sql<{ batch: number; expected: number; actual: number }>`
    select import_batch.id as batch, (counts->>'refused')::bigint as expected,
      count(refused_row.id) as actual
    from import_batch left join refused_row on batch_id = import_batch.id
    group by import_batch.id having count(refused_row.id) <> (counts->>'refused')::bigint
    order by import_batch.id limit ${sql.lit(MAX_TOLD)}`.execute(db);
  for (const row of refused.rows) {
    findings.push(finding('audit.batch_count', { table: 'refused_row', ...row }));
  }
  return findings;
}

/** Accounts there were once an import of this number had ended. */
export function personsAfter({ record, person_facts }: Batches, batch: number): number {
  return [...record, ...person_facts]
    .filter((one) => one.batch <= batch)
    .reduce((sum, { newPersons }) => sum + newPersons, 0);
}
