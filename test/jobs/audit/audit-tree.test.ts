import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  contributionLine,
  contributionsHeader,
  FIRST_MONTH,
  inventLedger,
} from '../../../scripts/faults/planted/invented-ledger.ts';
import { type Fr, toFr } from '../../../src/core/field.ts';
import { addMonths } from '../../../src/core/month.ts';
import type { Poseidon } from '../../../src/core/poseidon.ts';
import { auditLedger } from '../../../src/jobs/audit/audit-ledger.ts';
import { foldTiles } from '../../../src/jobs/audit/fold-tiles.ts';
import { rebuiltLeaves } from '../../../src/jobs/audit/rebuilt-leaves.ts';
import { buildEpoch } from '../../../src/ledger/build/build-epoch.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { decodeTile, encodeTile, type Tile } from '../../../src/ledger/build/tile.ts';
import { importFile } from '../../../src/ledger/import/import-file.ts';
import type { StoredEpoch } from '../../../src/ledger/store/epochs.ts';
import type { Store } from '../../../src/ledger/store/open-store.ts';
import type { Db } from '../../../src/ledger/store/tables.ts';
import { readTile } from '../../../src/ledger/store/tiles.ts';
import { TREE_DEPTH, treeRoot } from '../../../src/ledger/tree.ts';
import {
  closeTestStore,
  longMapping,
  openTestStore,
  pepper,
  withFolder,
} from '../../ledger/stores.ts';

let hash: Poseidon;
beforeAll(async () => {
  hash = await wasmPoseidon();
});

it.each([0, 1, 3, 255, 256, 257, 1000])('%d leaves fold into the tree’s root', async (count) => {
  const leaves = Array.from({ length: count }, (_, i) => toFr(BigInt(i + 1)));
  const tiles = new Map<string, Tile>();
  const fold = foldTiles(async (level, index, tile) => {
    tiles.set(`${level}/${index}`, tile);
  }, hash);
  for (const leaf of leaves) await fold.push(leaf);
  expect(await fold.finish()).toBe(treeRoot(leaves, TREE_DEPTH, hash));
  const below = Math.ceil(count / 256);
  expect(tiles.size).toBe(count === 0 ? 0 : below + 3);
  if (count === 257) expect(tiles.get('0/1')).toEqual([257n]);
});

class Over extends Error {}

describe('a tree of several tiles', () => {
  let store: Store;
  let epoch: StoredEpoch;
  beforeAll(async () => {
    store = await openTestStore('pglite');
    const ledger = inventLedger(5, 300);
    const rows = ledger.contributions(addMonths(FIRST_MONTH, 6));
    const lines = rows.filter(({ insurance }) => insurance === 'p').map(contributionLine);
    await withFolder(async (folder) => {
      const file = join(folder, 'f.csv');
      await writeFile(file, `${[contributionsHeader, ...lines].join('\n')}\n`);
      const present = addMonths(FIRST_MONTH, 8);
      await importFile(store, { file, mapping: longMapping(), pepper, present });
    });
    epoch = await buildEpoch(store, { month: addMonths(FIRST_MONTH, 6), hash });
  });
  afterAll(() => closeTestStore(store));

  /** Findings after a change that is rolled back. */
  async function findingsAfter(change: (db: Db) => Promise<unknown>) {
    let findings: { code: string; facts: object }[] = [];
    await store.db
      .transaction()
      .execute(async (db) => {
        await change(db);
        const report = await auditLedger({ store: { ...store, db }, hash });
        findings = report.findings.map(({ code, facts }) => ({ code, facts }));
        throw new Over();
      })
      .catch((error) => {
        if (!(error instanceof Over)) throw error;
      });
    return findings;
  }

  it('is clean while nobody touches it, published or not yet', async () => {
    const report = await auditLedger({ store, hash });
    expect(report.findings).toEqual([]);
    expect(report.unchecked).toEqual(['no_chain']);
    expect(report.epochs).toMatchObject([{ ok: true, totals: { accounts: 300, employers: 8 } }]);
    const published = { name: 'chain', epochs: [] };
    expect((await auditLedger({ store, hash, published })).findings).toEqual([]);
  });

  it('names the first account whose records changed, and how many did', async () => {
    const findings = await findingsAfter((db) =>
      sql`update record set base_fen = base_fen + 1 where account_index in (290, 299)`.execute(db),
    );
    expect(findings).toEqual([
      {
        code: 'audit.leaf_changed',
        facts: { epoch: '2026-08', tree: 'accounts', index: 290, count: 2 },
      },
      { code: 'audit.tree_root_wrong', facts: expect.objectContaining({ tree: 'accounts' }) },
      { code: 'audit.root_wrong', facts: expect.objectContaining({ epoch: '2026-08' }) },
    ]);
  });

  it.each([
    [0, 0],
    [0, 1],
    [1, 0],
    [2, 0],
    [3, 0],
  ])('names tile %d/%d where it was changed, and nothing else', async (level, index) => {
    const findings = await findingsAfter((db) =>
      sql`update tile set nodes = set_byte(nodes, 5, get_byte(nodes, 5) # 1)
        where tree = 'accounts' and level = ${level} and tile_index = ${index}`.execute(db),
    );
    const facts = { epoch: '2026-08', tree: 'accounts', level, index };
    expect(findings).toEqual([{ code: 'audit.tile_changed', facts }]);
  });

  it('names a tile that is gone', async () => {
    const findings = await findingsAfter((db) =>
      sql`delete from tile where tree = 'accounts' and level = 0 and tile_index = 1`.execute(db),
    );
    const facts = { epoch: '2026-08', tree: 'accounts', level: 0, index: 1 };
    expect(findings).toEqual([{ code: 'audit.tile_missing', facts }]);
  });

  it('is not misled by a tile that was made to match changed records', async () => {
    const findings = await findingsAfter(async (db) => {
      await sql`update record set base_fen = base_fen + 1 where account_index = 290`.execute(db);
      const leaves: Fr[] = [];
      for await (const part of rebuiltLeaves('accounts', db, epoch, { count: 300, hash })) {
        leaves.push(...part.leaves);
      }
      const address = { tree: 'accounts', level: 0, index: 1 } as const;
      const tile = decodeTile(await readTile(db, address, epoch.id));
      const forged = encodeTile(tile.map((_, i) => leaves[256 + i] as Fr));
      await db
        .updateTable('tile')
        .set({ nodes: forged })
        .where('level', '=', 0)
        .where('tree', '=', 'accounts')
        .where('tile_index', '=', 1)
        .execute();
    });
    expect(findings).toContainEqual({
      code: 'audit.tile_changed',
      facts: { epoch: '2026-08', tree: 'accounts', level: 0, index: 1 },
    });
    expect(findings.map(({ code }) => code)).toContain('audit.root_wrong');
  });

  it('tells which place makes no leaf, and goes on', async () => {
    const findings = await findingsAfter((db) =>
      sql`update person set placeholder = ${Buffer.alloc(32, 255)} where account_index = 7`.execute(
        db,
      ),
    );
    expect(findings[0]).toMatchObject({
      code: 'audit.leaf_unreadable',
      facts: { tree: 'accounts', index: 7 },
    });
    expect(findings).toContainEqual({
      code: 'audit.leaf_changed',
      facts: { epoch: '2026-08', tree: 'accounts', index: 7, count: 1 },
    });
  });

  it('does not follow an epoch that claims billions of accounts', async () => {
    const findings = await findingsAfter((db) =>
      db.updateTable('epoch').set({ account_count: 4_000_000_000 }).execute(),
    );
    expect(findings.map(({ code }) => code)).toEqual(['audit.count_wrong']);
  });

  it('rebuilds one month alone where that is asked', async () => {
    const { month } = epoch;
    const one = await auditLedger({ store, hash, month, revision: 0 });
    expect(one).toMatchObject({ findings: [], epochs: [{ ok: true }] });
    await expect(auditLedger({ store, hash, month, revision: 3 })).rejects.toMatchObject({
      code: 'ledger.unknown_epoch',
      facts: { what: '2026-08/3' },
    });
  });
});
