import type { Fr } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { epochRoot } from '../epoch.ts';
import { accountInputs, changedAccounts } from '../store/account-inputs.ts';
import { type EpochDraft, finishEpoch, startEpoch } from '../store/epoch-build.ts';
import type { StoredEpoch } from '../store/epochs.ts';
import type { Store } from '../store/open-store.ts';
import { readTile } from '../store/tiles.ts';
import { leafOf } from './leaf-of.ts';
import { decodeTile, emptyFoot, TILE_LEVELS } from './tile.ts';
import { updateTiles } from './update-tiles.ts';

export interface BuildEpochOptions {
  readonly month: MonthIndex;
  /** Usually `wasmPoseidon()`. */
  readonly hash: Poseidon;
  /** Build the month again with what the ledger knows now. */
  readonly revise?: boolean;
  readonly onProgress?: (progress: { readonly accounts: number; readonly total: number }) => void;
}

/** Accounts whose records are in memory at once. */
const ACCOUNTS_AT_ONCE = 32;

/**
 * Closes a month up to its root: state `built`, ready to be signed. Hashes the accounts that may
 * have changed since the epoch before, then the tiles above them. Nothing of it shows until all of
 * it is there, so a killed build is simply run again; a month already closed is returned as it is.
 * @throws ledger.epoch_empty, ledger.month_behind, ledger.epoch_conflict; with `revise`
 * ledger.unknown_epoch, ledger.bad_transition (signed but not yet published)
 */
export async function buildEpoch(store: Store, options: BuildEpochOptions): Promise<StoredEpoch> {
  const { month, hash, revise = false, onProgress } = options;
  const started = await startEpoch(store, month, revise);
  if ('existing' in started) return started.existing;
  const { draft } = started;
  const changed = await accountsToHash(store, draft);
  const { base } = draft;
  const update = updateTiles(
    'accounts',
    async (level, index) =>
      base ? decodeTile(await readTile(store.db, { tree: 'accounts', level, index }, base.id)) : [],
    hash,
  );
  for (let i = 0; i < changed.length; i += ACCOUNTS_AT_ONCE) {
    const some = changed.slice(i, i + ACCOUNTS_AT_ONCE);
    for (const inputs of await accountInputs(store.db, draft, month, some)) {
      update.setLeaf(inputs.accountIndex, leafOf(inputs, month, hash));
    }
    onProgress?.({ accounts: Math.min(i + ACCOUNTS_AT_ONCE, changed.length), total: changed.length });
  }
  const { tiles, root: accountsRoot } = await update.finish();
  const employersRoot = emptyEmployersRoot(hash);
  const root = epochRoot(accountsRoot, employersRoot, month, hash);
  const built = { month, accountsRoot, employersRoot, root, changedAccounts: changed.length };
  return finishEpoch(store, draft, built, tiles);
}

async function accountsToHash(store: Store, draft: EpochDraft): Promise<number[]> {
  if (draft.base) return changedAccounts(store.db, draft.base, draft);
  return Array.from({ length: draft.accountCount }, (_, index) => index);
}

/** No employer has a leaf yet: the employers' tree is the empty tree of depth 16. */
export function emptyEmployersRoot(hash: Poseidon): Fr {
  return emptyFoot(TILE_LEVELS, hash);
}
