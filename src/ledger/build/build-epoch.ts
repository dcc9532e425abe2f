import type { MonthIndex } from '../../core/month.ts';
import { epochRoot } from '../epoch.ts';
import { allTiles, type ChangedTiles } from '../store/changed-tiles.ts';
import { type EpochDraft, finishEpoch, type GivenEpoch, startEpoch } from '../store/epoch-build.ts';
import type { StoredEpoch } from '../store/epochs.ts';
import type { Store } from '../store/open-store.ts';
import type { TreeName } from '../store/tiles.ts';
import { countLeaves, type HashOptions, hashTrees } from './hash-trees.ts';
import { ledgerTrees } from './ledger-trees.ts';

export interface BuildEpochOptions extends HashOptions {
  readonly month: MonthIndex;
  /** Build the month again with what the ledger knows now. */
  readonly revise?: boolean;
  /** Build this epoch of another authority's ledger, out of a copy of it. */
  readonly given?: GivenEpoch;
}

/**
 * Closes a month up to its root: state `built`, ready to be signed. Hashes the accounts and the
 * employers that may have changed since the epoch before, then the tiles above them. Tiles are kept
 * as they are made, but nothing of them shows until all are there: a killed build is simply run
 * again, and goes on where it was unless the ledger has heard of something new meanwhile. A month
 * already closed is returned as it is.
 * @throws ledger.epoch_empty, ledger.month_behind, ledger.epoch_conflict; with `revise`
 * ledger.unknown_epoch, ledger.bad_transition (signed but not yet published)
 */
export async function buildEpoch(store: Store, options: BuildEpochOptions): Promise<StoredEpoch> {
  const { month, hash, revise = false, given } = options;
  const started = await startEpoch(store, month, revise, given);
  if ('existing' in started) return started.existing;
  const { draft } = started;
  const changed = {
    accounts: await changedTiles(store, draft, 'accounts'),
    employers: await changedTiles(store, draft, 'employers'),
  };
  const todo = { epoch: draft, draftId: draft.id, changed };
  const { accounts, employers } = await hashTrees(store, todo, options);
  const root = epochRoot(accounts.root, employers.root, month, hash);
  const built = {
    ...{ month, root, accountsRoot: accounts.root, employersRoot: employers.root },
    changedAccounts: countLeaves(changed.accounts),
    changedEmployers: countLeaves(changed.employers),
  };
  return finishEpoch(store, draft, built, [...accounts.tiles, ...employers.tiles]);
}

async function changedTiles(
  { db }: Store,
  draft: EpochDraft,
  name: TreeName,
): Promise<ChangedTiles> {
  const tree = ledgerTrees[name];
  return draft.base ? tree.changed(db, draft.base, draft) : allTiles(tree.count(draft));
}
