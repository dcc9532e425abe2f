import { sql } from 'kysely';
import { factsColumns } from '../../../src/ledger/store/facts-columns.ts';
import type { Db } from '../../../src/ledger/store/tables.ts';
import type { Random } from '../../../test/support/random.ts';
import { dropGuards, employerLeafOf, leafOf, type Plant, pickRow } from './plant.ts';

/** 32 bytes that are a field element. */
export function elementBytes(random: Random): Uint8Array {
  const bytes = random.bytes(32);
  bytes[0] = (bytes[0] ?? 0) & 0x1f;
  return bytes;
}

async function enrolmentRow(db: Db, random: Random, where = sql<boolean>`true`) {
  const rows = await db.selectFrom('enrolment').selectAll().where(where).orderBy('id').execute();
  return pickRow(rows, random);
}

const leafOfRow = (row: { account_index: number | null; employer_index: number | null }) =>
  row.account_index === null ? employerLeafOf(row.employer_index ?? 0) : leafOf(row.account_index);

async function factsRow(db: Db, random: Random, where = sql<boolean>`true`) {
  const rows = await db.selectFrom('person_facts').selectAll().where(where).orderBy('id').execute();
  return pickRow(rows, random);
}

async function personRow(db: Db, random: Random, where = sql<boolean>`true`) {
  const rows = await db.selectFrom('person').selectAll().where(where).execute();
  return pickRow(rows, random);
}

/** Whose leaf some epoch still makes of the placeholder. */
const unenrolled = sql<boolean>`not exists (
  select from enrolment where enrolment.account_index = person.account_index)`;

export const peoplePlants: readonly Plant[] = [
  {
    kind: 'facts: changed',
    group: 'change',
    async plant(_, db, random) {
      const row = await factsRow(db, random);
      const column = random.pick(Object.values(factsColumns));
      const value = column === 'sex' ? 1 - row.sex : (row[column] + 1) % 4;
      await db
        .updateTable('person_facts')
        .set({ [column]: value })
        .where('id', '=', row.id)
        .execute();
      return { what: `facts ${row.id}: ${column} ${value}`, expected: [leafOf(row.account_index)] };
    },
  },
  {
    kind: 'facts: of somebody else',
    group: 'change',
    async plant(_, db, random) {
      const row = await factsRow(db, random, sql<boolean>`superseded_by is null`);
      const other = await factsRow(
        db,
        random,
        sql<boolean>`account_index <> ${sql.lit(row.account_index)}`,
      );
      await dropGuards(db);
      await db
        .updateTable('person_facts')
        .set({ account_index: other.account_index })
        .where('id', '=', row.id)
        .execute();
      const places = [row.account_index, other.account_index];
      return {
        what: `facts ${row.id} to account ${other.account_index}`,
        expected: places.map(leafOf),
      };
    },
  },
  {
    kind: 'facts: deleted',
    group: 'omission',
    async plant(_, db, random) {
      const { id, batch_id: batch } = await factsRow(db, random);
      await db.deleteFrom('person_facts').where('id', '=', id).execute();
      const facts = { table: 'person_facts', batch };
      return { what: `facts ${id}`, expected: [{ code: 'audit.batch_count', facts }] };
    },
  },
  {
    kind: 'facts: superseded_by',
    group: 'change',
    async plant(_, db, random) {
      const { id } = await factsRow(db, random);
      await dropGuards(db);
      const by = 10_000 + random.int(0, 99);
      await db
        .updateTable('person_facts')
        .set({ superseded_by: by })
        .where('id', '=', id)
        .execute();
      const facts = { table: 'person_facts', id };
      return { what: `facts ${id} by ${by}`, expected: [{ code: 'audit.version_broken', facts }] };
    },
  },
  {
    kind: 'enrolment: another key',
    group: 'change',
    async plant(_, db, random) {
      const row = await enrolmentRow(db, random);
      await db
        .updateTable('enrolment')
        .set({ commitment: elementBytes(random) })
        .where('id', '=', row.id)
        .execute();
      return { what: `enrolment ${row.id}`, expected: [leafOfRow(row)] };
    },
  },
  {
    kind: 'enrolment: no field element',
    group: 'change',
    async plant(_, db, random) {
      const row = await enrolmentRow(db, random);
      const commitment = new Uint8Array(32).fill(255);
      await db.updateTable('enrolment').set({ commitment }).where('id', '=', row.id).execute();
      const { facts } = leafOfRow(row);
      const expected = { code: 'audit.leaf_unreadable', facts: { ...facts } } as const;
      return { what: `enrolment ${row.id}`, expected: [expected] };
    },
  },
  {
    kind: 'enrolment: earlier than it was',
    group: 'change',
    async plant(_, db, random) {
      const row = await enrolmentRow(db, random);
      const month = row.identity_month - random.int(1, 60);
      await db
        .updateTable('enrolment')
        .set({ identity_month: month })
        .where('id', '=', row.id)
        .execute();
      return { what: `enrolment ${row.id}`, expected: [leafOfRow(row)] };
    },
  },
  {
    kind: 'enrolment: for another person',
    group: 'change',
    async plant(_, db, random) {
      const row = await enrolmentRow(db, random, sql<boolean>`account_index is not null`);
      const { account_index: other } = await personRow(db, random, unenrolled);
      await db
        .updateTable('enrolment')
        .set({ account_index: other })
        .where('id', '=', row.id)
        .execute();
      const first = Math.min(other, row.account_index ?? 0);
      return { what: `enrolment ${row.id} to account ${other}`, expected: [leafOf(first)] };
    },
  },
  {
    kind: 'enrolment: deleted',
    group: 'omission',
    async plant(_, db, random) {
      const { id } = await enrolmentRow(db, random);
      await db.deleteFrom('enrolment').where('id', '=', id).execute();
      const gone = { table: 'enrolment', from: id, to: id };
      return {
        what: `enrolment ${id}`,
        expected: [
          { code: 'audit.ids_missing', facts: gone },
          // The last one leaves no gap, but an epoch has seen it.
          { code: 'audit.cutoff_wrong', facts: { what: 'enrolment', cutoff: id } },
        ],
      };
    },
  },
  {
    kind: 'enrolment: one key for two',
    group: 'change',
    async plant(_, db, random) {
      const row = await enrolmentRow(db, random, sql<boolean>`account_index is not null`);
      const { account_index: other } = await personRow(db, random, unenrolled);
      const { rows } = await sql<{ id: number }>`insert into enrolment
          (id, account_index, commitment, identity_month)
        select (select max(id) + 1 from enrolment), ${sql.lit(other)}, commitment, identity_month
          from enrolment where id = ${sql.lit(row.id)} returning id`.execute(db);
      const id = rows[0]?.id ?? 0;
      return {
        what: `enrolment ${id} with the key of ${row.id}`,
        expected: [{ code: 'audit.key_shared', facts: { id } }],
      };
    },
  },
  {
    kind: 'person: placeholder',
    group: 'change',
    async plant(_, db, random) {
      const { account_index: account } = await personRow(db, random, unenrolled);
      await db
        .updateTable('person')
        .set({ placeholder: elementBytes(random) })
        .where('account_index', '=', account)
        .execute();
      return { what: `placeholder of account ${account}`, expected: [leafOf(account)] };
    },
  },
  {
    kind: 'person: hash of the number',
    group: 'change',
    async plant(_, db, random) {
      const { account_index: account } = await personRow(db, random);
      await db
        .updateTable('person')
        .set({ person_hash: random.bytes(32) })
        .where('account_index', '=', account)
        .execute();
      const facts = { table: 'person' };
      return {
        what: `account ${account} is somebody else’s`,
        expected: [{ code: 'audit.rows_changed', facts, contains: account }],
      };
    },
  },
  {
    kind: 'person: two change places',
    group: 'change',
    async plant(_, db, random) {
      const one = await personRow(db, random);
      const two = await personRow(
        db,
        random,
        sql<boolean>`account_index <> ${sql.lit(one.account_index)}`,
      );
      const set = (account: number, person_hash: Uint8Array) =>
        db
          .updateTable('person')
          .set({ person_hash })
          .where('account_index', '=', account)
          .execute();
      await set(one.account_index, random.bytes(32));
      await set(two.account_index, one.person_hash);
      await set(one.account_index, two.person_hash);
      const facts = { table: 'person' };
      return {
        what: `accounts ${one.account_index} and ${two.account_index}`,
        expected: [{ code: 'audit.rows_changed', facts, contains: one.account_index }],
      };
    },
  },
  {
    kind: 'person: removed with all that is theirs',
    group: 'omission',
    async plant({ epochs }, db, random) {
      const last = (epochs.at(-1)?.accountCount ?? 1) - 1;
      const { account_index: account } = await personRow(db, random);
      for (const table of ['record', 'person_facts', 'enrolment', 'person'] as const) {
        await sql`delete from ${sql.table(table)}
          where account_index = ${sql.lit(account)}`.execute(db);
      }
      const gone = { table: 'person', from: account, to: account };
      const count = { expected: last + 1, actual: last };
      return {
        what: `account ${account}`,
        expected:
          account === last
            ? [{ code: 'audit.person_count', facts: count }]
            : [{ code: 'audit.ids_missing', facts: gone }],
      };
    },
  },
  {
    kind: 'person: one who was never imported',
    group: 'change',
    async plant(_, db, random) {
      const { rows } = await sql<{ account: number }>`insert into person
        select max(account_index) + 1, decode(${Buffer.from(random.bytes(32)).toString('hex')}, 'hex'),
          decode(${Buffer.from(elementBytes(random)).toString('hex')}, 'hex')
        from person returning account_index as account`.execute(db);
      const account = rows[0]?.account ?? 0;
      const facts = { expected: account, actual: account + 1 };
      return { what: `account ${account}`, expected: [{ code: 'audit.person_count', facts }] };
    },
  },
];
