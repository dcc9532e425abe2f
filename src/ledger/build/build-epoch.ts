import type { MonthIndex } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { epochRoot } from '../epoch.ts';
import { type EpochDraft, finishEpoch, type GivenEpoch, startEpoch } from '../store/epoch-build.ts';
import type { StoredEpoch } from '../store/epochs.ts';
import type { Store } from '../store/open-store.ts';
import { readTile } from '../store/tiles.ts';
import {
  accountsTree,
  allIndices,
  employersTree,
  type LedgerTree,
  leavesInParts,
} from './ledger-trees.ts';
import { decodeTile } from './tile.ts';
import { updateTiles } from './update-tiles.ts';

/** Leaves hashed so far, of both trees. */
export interface HashProgress {
  readonly leaves: number;
  readonly total: number;
}

export interface BuildEpochOptions {
  readonly month: MonthIndex;
  /** Usually `wasmPoseidon()`. */
  readonly hash: Poseidon;
  /** Build the month again with what the ledger knows now. */
  readonly revise?: boolean;
  /** Build this epoch of another authority's ledger, out of a copy of it. */
  readonly given?: GivenEpoch;
  readonly onProgress?: (progress: HashProgress) => void;
}

/**
 * Closes a month up to its root: state `built`, ready to be signed. Hashes the accounts and the
 * employers that may have changed since the epoch before, then the tiles above them. Nothing of it
 * shows until all of it is there, so a killed build is simply run again; a month already closed is
 * returned as it is.
 * @throws ledger.epoch_empty, ledger.month_behind, ledger.epoch_conflict; with `revise`
 * ledger.unknown_epoch, ledger.bad_transition (signed but not yet published)
 */
export async function buildEpoch(store: Store, options: BuildEpochOptions): Promise<StoredEpoch> {
  const { month, hash, revise = false, given, onProgress } = options;
  const started = await startEpoch(store, month, revise, given);
  if ('existing' in started) return started.existing;
  const { draft } = started;
  const changedAccounts = await indicesToHash(accountsTree, store, draft);
  const changedEmployers = await indicesToHash(employersTree, store, draft);
  const total = changedAccounts.length + changedEmployers.length;
  let leaves = 0;
  const onHashed = (count: number) => {
    leaves += count;
    onProgress?.({ leaves, total });
  };
  const build = (tree: LedgerTree, changed: readonly number[]) =>
    buildTree(tree, store, draft, changed, hash, onHashed);
  const accounts = await build(accountsTree, changedAccounts);
  const employers = await build(employersTree, changedEmployers);
  const root = epochRoot(accounts.root, employers.root, month, hash);
  const built = {
    ...{ month, root, accountsRoot: accounts.root, employersRoot: employers.root },
    changedAccounts: changedAccounts.length,
    changedEmployers: changedEmployers.length,
  };
  return finishEpoch(store, draft, built, [...accounts.tiles, ...employers.tiles]);
}

async function indicesToHash(tree: LedgerTree, store: Store, draft: EpochDraft): Promise<number[]> {
  return draft.base ? tree.changed(store.db, draft.base, draft) : allIndices(tree, draft);
}

/** The tiles of a tree that an epoch changes, and its root. */
async function buildTree(
  tree: LedgerTree,
  { db }: Store,
  draft: EpochDraft,
  changed: readonly number[],
  hash: Poseidon,
  onHashed: (count: number) => void,
) {
  const { base } = draft;
  const update = updateTiles(
    tree.name,
    async (level, index) =>
      base ? decodeTile(await readTile(db, { tree: tree.name, level, index }, base.id)) : [],
    hash,
  );
  for await (const leaves of leavesInParts(tree, db, draft, changed, hash)) {
    for (const [index, leaf] of leaves) update.setLeaf(index, leaf);
    onHashed(leaves.size);
  }
  return update.finish();
}
