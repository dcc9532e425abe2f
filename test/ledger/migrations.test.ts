import { randomBytes } from 'node:crypto';
import { Kysely, Migrator, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { parseMonth } from '../../src/core/month.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { employerOpening } from '../../src/ledger/build/employer-opening.ts';
import { ledgerTrees } from '../../src/ledger/build/ledger-trees.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import { emptyFoot, TILE_LEVELS } from '../../src/ledger/build/tile.ts';
import { parseCreditCode } from '../../src/ledger/employer.ts';
import { epochRoot } from '../../src/ledger/epoch.ts';
import { getEpoch } from '../../src/ledger/store/epochs.ts';
import { migrations } from '../../src/ledger/store/migrations.ts';
import { openPglite } from '../../src/ledger/store/open-pglite.ts';
import { openStore, type StoreOptions } from '../../src/ledger/store/open-store.ts';
import { pglitePool } from '../../src/ledger/store/pglite-pool.ts';
import { TREE_DEPTH, treeRoot } from '../../src/ledger/tree.ts';
import { closeTestStore, employers, engines, openTestStore, withFolder } from './stores.ts';

/** A ledger as the first version of the tables held it: two persons, two employers, a closed month. */
async function makeOldLedger(db: Kysely<unknown>, schema: string) {
  const first = Object.entries(migrations).filter(([name]) => name === '0001_ledger');
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(first) },
    migrationTableSchema: schema,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  const placeholder = Buffer.alloc(32, 1);
  for (const account of [0, 1]) {
    await sql`insert into person values (${account}, ${Buffer.alloc(32, account)}, ${placeholder})`.execute(
      db,
    );
    await sql`insert into record values (${account + 1}, ${account}, 0, 1512, 1512, 500000, 350203,
      ${employers[1 - account]}, 0, true, 1, 1, 1, null)`.execute(db);
  }
  await sql`insert into enrolment (id, account_index, commitment, identity_month)
    values (1, 0, ${placeholder}, 1500)`.execute(db);
  await sql`insert into epoch (month, revision, state, account_count, record_cutoff, facts_cutoff,
      enrolment_cutoff, accounts_root, employers_root, root, built_at)
    values (1520, 0, 'final', 2, 2, 0, 1, ${placeholder}, ${placeholder}, ${placeholder}, now())`.execute(
    db,
  );
}

describe.each(engines)('a ledger of before employers, on %s', (engine) => {
  it('keeps its roots, and its employers have a place from the next epoch on', async () => {
    const hash = await wasmPoseidon();
    const september = parseMonth('2026-09');
    const schema = `test_${randomBytes(6).toString('hex')}`;
    await withFolder(async (folder) => {
      const databaseUrl = engine === 'postgres' ? process.env.DATABASE_URL : undefined;
      const options: StoreOptions = databaseUrl ? { databaseUrl, schema } : { folder, schema };
      const pool = databaseUrl
        ? new pg.Pool({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
        : pglitePool(await openPglite(folder)).pool;
      const old = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
      if (!databaseUrl) await sql.raw(`set search_path to ${schema}`).execute(old);
      await makeOldLedger(old, schema);
      await old.destroy();

      const store = await openStore(options);
      try {
        const rebuilt = await rebuildEpochRoot(store, { month: september, hash });
        const places = await store.db.selectFrom('employer').selectAll().execute();
        const october = await buildEpoch(store, { month: parseMonth('2026-10'), hash });
        expect(places.map((one) => [one.employer_index, one.credit_code])).toEqual([
          [0, employers[1]],
          [1, employers[0]],
        ]);
        expect(
          new Set(places.map((one) => Buffer.from(one.placeholder).toString('hex'))).size,
        ).toBe(2);
        const epoch = await getEpoch(store, september);
        const { accounts } = ledgerTrees;
        const inputs = await accounts.read(store.db, epoch, [0, 1]);
        const leaves = accounts.leaves(inputs, september, hash).map(([, leaf]) => leaf);
        const accountsRoot = treeRoot(leaves, TREE_DEPTH, hash);
        const noEmployers = emptyFoot(TILE_LEVELS, hash);
        expect(rebuilt).toBe(epochRoot(accountsRoot, noEmployers, september, hash));
        expect(october).toMatchObject({ employerCount: 2, changedEmployers: 2 });
        const code = parseCreditCode(employers[0]);
        const opening = await employerOpening(store, code, october, hash);
        expect(opening.employer.headCounts.indexOf(1)).toBe(9);
      } finally {
        await closeTestStore(store);
      }
    });
  });
});

describe.skipIf(!process.env.DATABASE_URL)('a database that others use', () => {
  it('is opened while their schemas come and go', async () => {
    const databaseUrl = process.env.DATABASE_URL;
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    let isOver = false;
    const comeAndGo = async () => {
      const name = `test_${randomBytes(6).toString('hex')}`;
      while (!isOver) {
        await client.query(`create schema ${name}; create table ${name}.t (id int)`);
        await client.query(`drop schema ${name} cascade`);
      }
    };
    const others = comeAndGo();
    try {
      for (let i = 0; i < 10; i++) await closeTestStore(await openTestStore('postgres'));
    } finally {
      isOver = true;
      await others;
      await client.end();
    }
  });
});
