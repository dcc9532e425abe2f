import { sql } from 'kysely';
import { sampleCreditCode } from '../../../src/ledger/sample/numbers.ts';
import { seededRandom as sampleRandom } from '../../../src/ledger/sample/random.ts';
import type { Db } from '../../../src/ledger/store/tables.ts';
import type { Random } from '../../../test/support/random.ts';
import { elementBytes } from './people-plants.ts';
import { employerLeafOf, type Plant, pickRow } from './plant.ts';

async function employerRow(db: Db, random: Random, where = sql<boolean>`true`) {
  const rows = await db.selectFrom('employer').selectAll().where(where).execute();
  return pickRow(rows, random);
}

const setCode = (db: Db, index: number, credit_code: string) =>
  db.updateTable('employer').set({ credit_code }).where('employer_index', '=', index).execute();

async function batchRow(db: Db, random: Random) {
  const { rows } = await sql<{ id: number; kind: string; table: string; rows: number }>`
    select id, kind, case kind when 'persons' then 'person_facts' else 'record' end as table,
      (counts->>'added')::bigint + (counts->>'corrected')::bigint as rows
    from import_batch order by id`.execute(db);
  return pickRow(
    rows.filter((row) => row.rows > 0),
    random,
  );
}

export const employerPlants: readonly Plant[] = [
  {
    kind: 'employer: another code',
    group: 'change',
    async plant(_, db, random) {
      const { employer_index: index } = await employerRow(db, random);
      const code = sampleCreditCode(sampleRandom(random.int(0, 2 ** 31)), '350203');
      await setCode(db, index, code);
      return { what: `employer ${index} is ${code}`, expected: [employerLeafOf(index)] };
    },
  },
  {
    kind: 'employer: two change places',
    group: 'change',
    async plant(_, db, random) {
      const one = await employerRow(db, random);
      const two = await employerRow(
        db,
        random,
        sql<boolean>`employer_index <> ${sql.lit(one.employer_index)}`,
      );
      await setCode(db, one.employer_index, 'none');
      await setCode(db, two.employer_index, one.credit_code);
      await setCode(db, one.employer_index, two.credit_code);
      const first = Math.min(one.employer_index, two.employer_index);
      return {
        what: `employers ${one.employer_index} and ${two.employer_index}`,
        expected: [employerLeafOf(first)],
      };
    },
  },
  {
    kind: 'employer: placeholder',
    group: 'change',
    async plant(_, db, random) {
      const none = sql<boolean>`not exists (
        select from enrolment where enrolment.employer_index = employer.employer_index)`;
      const { employer_index: index } = await employerRow(db, random, none);
      await db
        .updateTable('employer')
        .set({ placeholder: elementBytes(random) })
        .where('employer_index', '=', index)
        .execute();
      return { what: `placeholder of employer ${index}`, expected: [employerLeafOf(index)] };
    },
  },
  {
    kind: 'employer: removed',
    group: 'omission',
    async plant(_, db, random) {
      const { employer_index: index, credit_code: owner } = await employerRow(db, random);
      await sql`delete from enrolment where employer_index = ${sql.lit(index)}`.execute(db);
      await db.deleteFrom('employer').where('employer_index', '=', index).execute();
      const facts = { table: 'record', owner };
      return { what: `employer ${index}`, expected: [{ code: 'audit.place_unknown', facts }] };
    },
  },
  {
    kind: 'import: counts',
    group: 'change',
    async plant(_, db, random) {
      const { id, table } = await batchRow(db, random);
      const more = random.int(1, 9);
      await sql`update import_batch set counts = jsonb_set(counts, '{added}',
        to_jsonb((counts->>'added')::bigint + ${sql.lit(more)})) where id = ${sql.lit(id)}`.execute(
        db,
      );
      const facts = { table, batch: id };
      return { what: `import ${id}`, expected: [{ code: 'audit.batch_count', facts }] };
    },
  },
  {
    kind: 'import: removed',
    group: 'omission',
    async plant(_, db, random) {
      const { id, table } = await batchRow(db, random);
      await sql`set local session_replication_role = replica`.execute(db);
      await sql`delete from refused_row where batch_id = ${sql.lit(id)}`.execute(db);
      await db.deleteFrom('import_batch').where('id', '=', id).execute();
      const facts = { table, batch: id };
      return { what: `import ${id}`, expected: [{ code: 'audit.batch_unknown', facts }] };
    },
  },
  {
    kind: 'import: a record of another',
    group: 'change',
    async plant(_, db, random) {
      const { id } = await batchRow(db, random);
      const { rows } = await sql<{ id: number; batch: number }>`select id, batch_id as batch
        from record where batch_id <> ${sql.lit(id)} order by id`.execute(db);
      const record = pickRow(rows, random);
      await sql`update record set batch_id = ${sql.lit(id)} where id = ${sql.lit(record.id)}`.execute(
        db,
      );
      const facts = { table: 'record', batch: record.batch };
      return {
        what: `record ${record.id} of import ${id}`,
        expected: [{ code: 'audit.batch_count', facts }],
      };
    },
  },
  {
    kind: 'import: a refused row removed',
    group: 'omission',
    async plant(_, db, random) {
      const rows = await db.selectFrom('refused_row').select(['id', 'batch_id']).execute();
      const { id, batch_id: batch } = pickRow(rows, random);
      await db.deleteFrom('refused_row').where('id', '=', id).execute();
      const facts = { table: 'refused_row', batch };
      return { what: `refused row ${id}`, expected: [{ code: 'audit.batch_count', facts }] };
    },
  },
];
