import { sql } from 'kysely';
import type { Db } from '../../../src/ledger/store/tables.ts';
import type { Random } from '../../../test/support/random.ts';
import type { SeenRecord } from './plant.ts';
import { dropGuards, leafOf, type Plant, type Planted, pickRow, seenRecord } from './plant.ts';

/** A field of a record that a leaf holds, set to something else. */
function field(
  kind: string,
  change: (record: SeenRecord, random: Random, db: Db) => Promise<object> | object,
): Plant {
  return {
    kind: `record: ${kind}`,
    group: 'change',
    async plant(_, db, random) {
      const record = await seenRecord(db, random);
      await dropGuards(db);
      const values = await change(record, random, db);
      await db.updateTable('record').set(values).where('id', '=', record.id).execute();
      const what = `record ${record.id}: ${JSON.stringify(values)}`;
      return { what, expected: [leafOf(record.account_index)] };
    },
  };
}

async function anyRecord(db: Db, random: Random, where = sql<boolean>`true`) {
  const rows = await db.selectFrom('record').selectAll().where(where).orderBy('id').execute();
  return pickRow(rows, random);
}

async function lastId(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number }>`select max(id) as id from record`.execute(db);
  return rows[0]?.id ?? 0;
}

/** A copy of a record under another number. */
async function insertCopy(db: Db, record: { id: number }, id: number): Promise<void> {
  await sql`insert into record select ${sql.lit(id)}, account_index, insurance,
    month, settled, base_fen + 100, region, employer, category, paid, source_id, batch_id, line,
    null from record where id = ${sql.lit(record.id)}`.execute(db);
}

const inserted = (kind: string, idOf: (last: number, random: Random) => number): Plant => ({
  kind: `record: inserted ${kind}`,
  group: 'change',
  async plant(_, db, random): Promise<Planted> {
    const record = await anyRecord(db, random);
    const id = idOf(await lastId(db), random);
    await dropGuards(db);
    await insertCopy(db, record, id);
    const batch = { table: 'record', batch: record.batch_id };
    return {
      what: `record ${id}, like ${record.id}`,
      expected: [{ code: 'audit.batch_count', facts: batch }],
    };
  },
});

const superseded = (
  kind: string,
  change: (db: Db, random: Random) => Promise<{ id: number; by: number | null }>,
): Plant => ({
  kind: `record: ${kind}`,
  group: 'change',
  async plant(_, db, random) {
    const { id, by } = await change(db, random);
    await dropGuards(db);
    await db.updateTable('record').set({ superseded_by: by }).where('id', '=', id).execute();
    return {
      what: `record ${id} superseded by ${by}`,
      expected: [{ code: 'audit.version_broken', facts: { table: 'record', id } }],
    };
  },
});

/** A row changed where no leaf shows it: only the notes of an earlier audit know. */
const unseen = (
  kind: string,
  change: (random: Random) => object,
  where = sql<boolean>`true`,
): Plant => ({
  kind: `record: ${kind}`,
  group: 'change',
  async plant(_, db, random) {
    const record = await anyRecord(db, random, where);
    const values = change(random);
    await db.updateTable('record').set(values).where('id', '=', record.id).execute();
    return {
      what: `record ${record.id}: ${JSON.stringify(values)}`,
      expected: [{ code: 'audit.rows_changed', facts: { table: 'record' }, contains: record.id }],
    };
  },
});

export const recordPlants: readonly Plant[] = [
  field('base', (record, random) => ({ base_fen: record.base_fen + random.int(1, 10 ** 6) })),
  field('paid taken back', () => ({ paid: false, settled: null })),
  field('settled late', (record, random) => ({ settled: record.month + random.int(1, 9) })),
  field('city', (record) => ({ region: record.region < 350_200 ? 350_203 : 350_102 })),
  field('category', (record) => ({ category: (record.category + 1) % 3 })),
  field('month', (record, random) => ({ month: record.month - random.int(12, 48) })),
  field('insurance', () => ({ insurance: 3 })),
  field('employer', async (record, random, db) => {
    const rows = await db.selectFrom('employer').select('credit_code').execute();
    const others = rows.filter(({ credit_code }) => credit_code !== record.employer);
    return { employer: random.pick(others).credit_code };
  }),
  {
    kind: 'record: moved to another account',
    group: 'change',
    async plant(_, db, random) {
      const record = await seenRecord(db, random);
      const people = await db.selectFrom('person').select('account_index').execute();
      const other = random.pick(
        people.filter(({ account_index }) => account_index !== record.account_index),
      ).account_index;
      await dropGuards(db);
      await db
        .updateTable('record')
        .set({ account_index: other, insurance: 4 })
        .where('id', '=', record.id)
        .execute();
      const first = Math.min(other, record.account_index);
      return { what: `record ${record.id} to account ${other}`, expected: [leafOf(first)] };
    },
  },
  {
    kind: 'record: given to an account there is not',
    group: 'change',
    async plant({ epochs }, db, random) {
      const record = await seenRecord(db, random);
      const account = (epochs.at(-1)?.accountCount ?? 0) + random.int(0, 99);
      await db
        .updateTable('record')
        .set({ account_index: account })
        .where('id', '=', record.id)
        .execute();
      const facts = { table: 'record', id: record.id };
      return {
        what: `record ${record.id} to account ${account}`,
        expected: [{ code: 'audit.place_unknown', facts }],
      };
    },
  },
  unseen('line', (random) => ({ line: random.int(10 ** 6, 10 ** 7) })),
  unseen(
    'base of another insurance',
    (random) => ({ base_fen: random.int(10 ** 8, 10 ** 9) }),
    sql<boolean>`insurance > 0`,
  ),
  {
    kind: 'record: deleted',
    group: 'omission',
    async plant(_, db, random) {
      const last = await lastId(db);
      const { id } = await anyRecord(db, random, sql<boolean>`id < ${sql.lit(last)}`);
      await db.deleteFrom('record').where('id', '=', id).execute();
      const facts = { table: 'record', from: id, to: id };
      return { what: `record ${id}`, expected: [{ code: 'audit.ids_missing', facts }] };
    },
  },
  {
    kind: 'record: last ones deleted',
    group: 'omission',
    async plant(_, db, random) {
      const last = await lastId(db);
      const [row] = await db.selectFrom('record').selectAll().where('id', '=', last).execute();
      const from = last - random.int(0, 4);
      await db.deleteFrom('record').where('id', '>=', from).execute();
      const facts = { table: 'record', batch: row?.batch_id ?? 0 };
      return { what: `records from ${from}`, expected: [{ code: 'audit.batch_count', facts }] };
    },
  },
  {
    kind: 'record: deleted, the rest renumbered',
    group: 'omission',
    async plant(_, db, random) {
      const { id, batch_id: batch } = await anyRecord(db, random);
      await dropGuards(db);
      await db.deleteFrom('record').where('id', '=', id).execute();
      // In two steps: numbers are unique at every moment.
      await sql`update record set id = -id where id > ${sql.lit(id)}`.execute(db);
      await sql`update record set id = -id - 1 where id < 0`.execute(db);
      await sql`update record set superseded_by = superseded_by - 1
        where superseded_by > ${sql.lit(id)}`.execute(db);
      const facts = { table: 'record', batch };
      return { what: `record ${id}`, expected: [{ code: 'audit.batch_count', facts }] };
    },
  },
  inserted('behind the last', (last) => last + 1),
  inserted('far behind the last', (last, random) => last + random.int(2, 1000)),
  inserted('before the first', (_, random) => -random.int(0, 1000)),
  superseded('superseded by nothing there is', async (db, random) => {
    const { id } = await anyRecord(db, random, sql<boolean>`superseded_by is null`);
    return { id, by: (await lastId(db)) + random.int(1, 99) };
  }),
  superseded('superseded by a stranger', async (db, random) => {
    const { id } = await anyRecord(db, random, sql<boolean>`superseded_by is null`);
    return { id, by: (await anyRecord(db, random)).id };
  }),
  superseded('correction hidden', async (db, random) => {
    const { id } = await anyRecord(db, random, sql<boolean>`superseded_by is not null`);
    return { id, by: null };
  }),
  superseded('correction put off', async (db, random) => {
    const { id, superseded_by: by } = await anyRecord(
      db,
      random,
      sql<boolean>`superseded_by is not null`,
    );
    return { id, by: (by ?? 0) + random.int(1, 50) };
  }),
];
