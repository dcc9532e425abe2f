import type { Address } from 'viem';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Cell, type FeedTableName, feedTables } from '../../src/authority/feed/feed-table.ts';
import { feedRows } from '../../src/authority/feed/read-feed.ts';
import { fetchFeed } from '../../src/authority/replica/fetch-feed.ts';
import type { Leader } from '../../src/authority/replica/leader.ts';
import { CanbaoError } from '../../src/core/errors/canbao-error.ts';
import { FIELD_ORDER, frToBytes, toFr } from '../../src/core/field.ts';
import { parseMonth } from '../../src/core/month.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import type { EpochInputs, StoredEpoch } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { fillLedger, importRows } from '../jobs/closing.ts';
import { clearStore, closeTestStore, longRow, openTestStore } from '../ledger/stores.ts';

type Rows = Record<FeedTableName, Cell[][]>;

const present = parseMonth('2026-10');
let copy: Store;
let epoch: StoredEpoch;
/** What an honest leader gives out, and what its tables held. */
let honest: Rows;
let held: Record<FeedTableName, object[]>;

beforeAll(async () => {
  // The leader's ledger, of which only what it gives out is left, and then its copy.
  copy = await openTestStore('pglite');
  await fillLedger(copy);
  await importRows(copy, longRow({ base: '6000' }), longRow({ base: '7000', owed: '2026-02' }));
  epoch = await buildEpoch(copy, { month: present, hash: await wasmPoseidon() });
  const rows: Partial<Rows> = {};
  const tables: Partial<typeof held> = {};
  for (const table of feedTables) {
    const given: Cell[][] = [];
    for await (const some of feedRows(copy.db, table, epoch, { after: -1, limit: 1000 })) {
      given.push(...some.map((row) => [...row]));
    }
    rows[table.name] = given;
    tables[table.name] = await rowsIn(copy, table.name);
  }
  honest = rows as Rows;
  held = tables as typeof held;
});
afterAll(() => closeTestStore(copy));
beforeEach(() => clearStore(copy));

/** A leader that gives out these rows behind the key it is asked for, and notes what that was. */
function leaderOf(rows: Rows, asked: string[] = [], always: readonly FeedTableName[] = []): Leader {
  return {
    address: '0x' as Address,
    async *rows(_, { name }, after) {
      asked.push(`${name} ${after}`);
      yield* rows[name].filter((row) => always.includes(name) || Number(row[0]) > after);
    },
    tile: () => Promise.reject(new Error('no tile is needed here')),
  };
}

const fetchFrom = (leader: Leader, inputs: EpochInputs = epoch) =>
  fetchFeed(copy, leader, { epochId: epoch.id, inputs, present });
const changed = (name: FeedTableName, change: (rows: Cell[][]) => Cell[][]): Rows => ({
  ...honest,
  [name]: change(honest[name].map((row) => [...row])),
});
/** What a table holds, but for what is the copy's own. */
async function rowsIn({ db }: Store, name: FeedTableName): Promise<object[]> {
  const rows: Record<string, unknown>[] = await db.selectFrom(name).selectAll().execute();
  const ends = ['account_count', 'employer_count', 'record_cutoff', 'facts_cutoff'];
  const own = ['imported_at', 'enrolled_at', 'file_name', 'counts', 'present', ...ends];
  const kept = rows.map((row) => Object.entries(row).filter(([column]) => !own.includes(column)));
  return kept
    .map((row) => Object.fromEntries(row))
    .sort((a, b) => Number(Object.values(a)[0]) - Number(Object.values(b)[0]));
}

it('holds every row, and which superseded which, as the ledger does', async () => {
  await fetchFrom(leaderOf(honest));
  for (const { name } of feedTables) {
    expect(await rowsIn(copy, name), name).toEqual(held[name]);
  }
  expect(honest.record.length).toBe(4);
  expect(honest.person.length).toBe(2);
});

it('asks for what it lacks and for nothing it holds', async () => {
  await fetchFrom(leaderOf(honest));
  const asked: string[] = [];
  await fetchFrom(leaderOf(honest, asked));
  const { length } = honest.import_batch;
  expect(asked).toEqual(['source 1', `import_batch ${honest.import_batch[length - 1]?.[0]}`]);
});

it('goes on where a broken connection left it', async () => {
  const asked: string[] = [];
  const leader = leaderOf(honest, asked);
  let cuts = 0;
  const breaking: Leader = {
    ...leader,
    async *rows(...args) {
      let given = 0;
      for await (const row of leader.rows(...args)) {
        if (args[1].name === 'record' && ++given > 1) {
          cuts++;
          throw new CanbaoError('peer.unreachable', { peer: 'p', reason: 'cut' });
        }
        yield row;
      }
    },
  };
  await fetchFrom(breaking);
  expect(cuts).toBe(3);
  const ofRecords = asked.filter((one) => one.startsWith('record'));
  expect(ofRecords).toEqual(['record 0', 'record 1', 'record 2', 'record 3']);
  expect(await rowsIn(copy, 'record')).toEqual(held.record);
});

it('gives a leader up that stays unreachable', async () => {
  let asked = 0;
  const leader: Leader = {
    ...leaderOf(honest),
    // biome-ignore lint/correctness/useYield: it never comes to a row
    async *rows() {
      asked++;
      throw new CanbaoError('peer.unreachable', { peer: 'p', reason: 'cut' });
    },
  };
  await expect(fetchFrom(leader)).rejects.toMatchObject({ code: 'peer.unreachable' });
  expect(asked).toBe(4);
});

describe('is append-only', () => {
  it('a row that comes again and says the same is passed over', async () => {
    const twice = changed('record', ([first, ...rest]) => [first ?? [], first ?? [], ...rest]);
    await fetchFrom(leaderOf(honest));
    await copy.db.deleteFrom('record').where('id', '>', 2).execute();
    await fetchFrom(leaderOf(honest, [], ['record']));
    expect(await rowsIn(copy, 'record')).toHaveLength(4);
    // Within one answer it is out of order.
    await clearStore(copy);
    await expect(fetchFrom(leaderOf(twice))).rejects.toMatchObject({ code: 'feed.gap' });
  });

  it.each<[FeedTableName, number, Cell]>([
    ['record', 5, 1],
    ['record', 7, null],
    ['record', 9, false],
    ['person', 1, Buffer.alloc(32, 5).toString('base64')],
    ['enrolment', 4, 7],
  ])('a row of %s that says another thing in column %i is not', async (name, column, value) => {
    await fetchFrom(leaderOf(honest));
    const rewritten = changed(name, (rows) =>
      rows.map((row, i) => (i === 0 ? row.with(column, value) : row)),
    );
    const reach = { person: 'accountCount', record: 'recordCutoff', enrolment: 'enrolmentCutoff' };
    const cutoff = reach[name as 'person'] as keyof EpochInputs;
    const more = { ...epoch, [cutoff]: epoch[cutoff] + 1 };
    const leader = leaderOf(rewritten, [], [name]);
    await expect(fetchFrom(leader, more)).rejects.toMatchObject({
      code: 'feed.row_changed',
      facts: { table: name, row: honest[name][0]?.[0] },
    });
  });

  it.each<[string, FeedTableName, (rows: Cell[][]) => Cell[][], object]>([
    ['a gap', 'record', (rows) => rows.toSpliced(1, 1), { got: 3, expected: 2 }],
    ['a gap of persons', 'person', (rows) => rows.slice(1), { got: 1, expected: 0 }],
    ['disorder', 'person', (rows) => rows.toReversed(), { got: 1, expected: 0 }],
  ])('%s is refused', async (_, name, change, facts) => {
    await expect(fetchFrom(leaderOf(changed(name, change)))).rejects.toMatchObject({
      code: 'feed.gap',
      facts: { table: name, ...facts },
    });
  });
});

const beyond = Buffer.from(frToBytes(toFr(FIELD_ORDER - 1n)));
beyond[31] = (beyond[31] ?? 0) + 1;

describe('refuses a row that', () => {
  const set = (at: number, value: Cell) => (rows: Cell[][]) =>
    rows.map((row, i) => (i === 0 ? row.with(at, value) : row));

  it.each<[string, FeedTableName, (rows: Cell[][]) => Cell[][]]>([
    ['is of an insurance there is not', 'record', set(2, 5)],
    ['is owed in the future', 'record', set(3, present + 1)],
    ['is owed before the ledger begins', 'record', set(3, parseMonth('1989-12'))],
    ['is settled in the future', 'record', set(4, present + 1)],
    ['is paid and not settled', 'record', set(4, null)],
    ['has a base below zero', 'record', set(5, -1)],
    ['has a base of 33 bits', 'record', set(5, 2 ** 32)],
    ['is of no region', 'record', set(6, 999_999)],
    ['has a credit code with a wrong check', 'record', set(7, '91350203MAPKWREB8N')],
    ['has a credit code in small letters', 'record', set(7, '91350203mapkwreb8m')],
    ['is of a category there is not', 'record', set(8, 3)],
    ['has text for a truth', 'record', set(9, 'true')],
    ['is of nobody', 'record', set(1, 2)],
    ['is of an employer nobody has heard of', 'record', set(7, '91350213MA2C4P5543')],
    ['is of a source nobody has heard of', 'record', set(10, 77)],
    ['is of a file nobody has heard of', 'record', set(11, 77)],
    ['has a cell too few', 'record', (rows) => rows.map((row) => row.slice(0, -1))],
    ['has a cell too many', 'record', (rows) => rows.map((row) => [...row, 1])],
    ['has a broken hash', 'person', set(1, 'AAAA')],
    ['has a placeholder beyond the field', 'person', set(2, beyond.toString('base64'))],
    [
      'is a person there is already',
      'person',
      (rows) => rows.map((row) => row.with(1, `${rows[0]?.[1]}`)),
    ],
    ['has a key beyond the field', 'enrolment', set(3, beyond.toString('base64'))],
    ['has a key from the future', 'enrolment', set(4, present + 1)],
    ['has a key for a person and an employer', 'enrolment', set(2, 0)],
    ['has a key for nobody', 'enrolment', set(1, null)],
    [
      'has a key that is another’s',
      'enrolment',
      (rows) => rows.map((row) => row.with(3, `${rows[0]?.[3]}`)),
    ],
    ['is of no kind of file', 'import_batch', set(2, 'letters')],
    ['lies beyond the epoch', 'record', (rows) => [...rows, rows[0]?.with(0, 5) ?? []]],
  ])('%s', async (_, name, change) => {
    const refused = fetchFrom(leaderOf(changed(name, change)));
    await expect(refused).rejects.toMatchObject({ code: 'feed.bad_row', facts: { table: name } });
    const error = (await refused.catch((one: unknown) => one)) as CanbaoError;
    expect(String(error.facts.reason)).not.toMatch(/[A-Za-z0-9+/]{43}=|91350203/);
  });
});
