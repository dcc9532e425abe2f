import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contributionsMapping, generate, personsMapping } from '../../bench/epoch/generate.ts';
import { parseMonth, toMonthIndex } from '../../src/core/month.ts';
import { buildEpoch } from '../../src/ledger/build/build-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import { importFile } from '../../src/ledger/import/import-file.ts';
import { listEpochs } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { closeTestStore, engines, openTestStore, pepper, withFolder } from './stores.ts';

const hash = await wasmPoseidon();
const september = parseMonth('2026-09');
const october = toMonthIndex(september + 1);
const november = toMonthIndex(september + 2);
/** Five tiles of leaves: two jobs. */
const PEOPLE = 1100;

describe.each(engines)('a ledger of several tiles, on %s', (engine) => {
  let store: Store;
  const build = (month: number, threads = 0, onProgress?: () => void) =>
    buildEpoch(store, { month: toMonthIndex(month), hash, threads, onProgress });
  const drafts = async () => {
    const { rows } = await sql<{ id: number; tiles: number }>`select id,
      (select count(*) from tile where epoch_id = epoch.id) as tiles
      from epoch where state = 'building'`.execute(store.db);
    return rows;
  };

  beforeAll(async () => {
    store = await openTestStore(engine);
    await withFolder(async (folder) => {
      const files = await generate(folder, PEOPLE, 1, september, 0.05);
      const read = { pepper, present: november };
      await importFile(store, { file: files.persons, mapping: personsMapping, ...read });
      await importFile(store, { file: files.history, mapping: contributionsMapping, ...read });
      await build(september);
      await importFile(store, { file: files.next, mapping: contributionsMapping, ...read });
    });
  });
  afterAll(() => closeTestStore(store));

  it('has one root, by one thread or several, from tiles or from the records alone', async () => {
    const rebuild = (threads: number) =>
      rebuildEpochRoot(store, { month: september, hash, threads });
    const root = (await listEpochs(store))[0]?.root;
    expect(await rebuild(0)).toBe(root);
    expect(await rebuild(2)).toBe(root);
  });

  it('goes on with a build that was cut short, and keeps the tiles it had', async () => {
    let steps = 0;
    const cutShort = build(october, 0, () => {
      if (++steps === 1) throw new Error('the power is gone');
    });
    await expect(cutShort).rejects.toThrow('the power is gone');
    const [before] = await drafts();
    expect(before?.tiles).toBeGreaterThan(0);
    // What is kept counts: a changed one would show in the root.
    const { rows } = await sql<{ nodes: Uint8Array }>`update tile
      set nodes = set_byte(nodes, 31, get_byte(nodes, 31) # 1)
      where epoch_id = ${before?.id} and tree = 'accounts' and tile_index = 0
      returning nodes`.execute(store.db);
    expect(rows).toHaveLength(1);
    const changed = await build(october);
    expect(changed.id).toBe(before?.id);
    expect(changed.root).not.toBe(await rebuildEpochRoot(store, { month: october, hash }));
    // Nobody signed it: built once more it is right.
    const mended = await buildEpoch(store, { month: october, hash, revise: true, threads: 2 });
    expect(mended.root).toBe(await rebuildEpochRoot(store, { month: october, hash }));
    expect(mended.changedAccounts).toBeLessThan(PEOPLE / 5);
  });

  it('begins anew where the ledger heard of something meanwhile', async () => {
    const cutShort = build(november, 0, () => {
      throw new Error('the power is gone');
    });
    await expect(cutShort).rejects.toThrow('the power is gone');
    const [before] = await drafts();
    await sql`insert into enrolment (id, account_index, commitment, identity_month)
      select coalesce(max(id), 0) + 1, 7, decode(repeat('01', 32), 'hex'), 1520 from enrolment`.execute(
      store.db,
    );
    const epoch = await build(november, 2);
    expect(epoch.id).not.toBe(before?.id);
    expect(epoch.root).toBe(await rebuildEpochRoot(store, { month: november, hash }));
    expect(await drafts()).toEqual([]);
    const { rows } = await sql<{ orphans: number }>`select count(*) as orphans from tile
      where epoch_id = ${before?.id}`.execute(store.db);
    expect(rows[0]?.orphans).toBe(0);
  });
});
