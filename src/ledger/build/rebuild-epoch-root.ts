import type { EpochRoot } from '../../core/brands.ts';
import type { MonthIndex } from '../../core/month.ts';
import { epochRoot } from '../epoch.ts';
import { allTiles } from '../store/changed-tiles.ts';
import { getEpoch } from '../store/epochs.ts';
import type { Store } from '../store/open-store.ts';
import { type HashOptions, hashTrees } from './hash-trees.ts';

/**
 * The root of a closed month, computed from the records alone: no tile and no stored root is read.
 * A co-signing authority signs this one and nothing it was told; an auditor compares it with the chain.
 * @throws ledger.unknown_epoch
 */
export async function rebuildEpochRoot(
  store: Store,
  options: HashOptions & { readonly month: MonthIndex; readonly revision?: number },
): Promise<EpochRoot> {
  const { month, revision, hash } = options;
  const epoch = await getEpoch(store, month, revision);
  const changed = {
    accounts: allTiles(epoch.accountCount),
    employers: allTiles(epoch.employerCount),
  };
  const { accounts, employers } = await hashTrees(store, { epoch, changed }, options);
  return epochRoot(accounts.root, employers.root, month, hash);
}
