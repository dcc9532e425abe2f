import type { EpochRoot } from '../../core/brands.ts';
import type { Fr } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { epochRoot } from '../epoch.ts';
import { getEpoch } from '../store/epochs.ts';
import type { Store } from '../store/open-store.ts';
import { TREE_DEPTH, treeRoot } from '../tree.ts';
import type { HashProgress } from './build-epoch.ts';
import {
  accountsTree,
  allIndices,
  employersTree,
  type LedgerTree,
  leavesInParts,
} from './ledger-trees.ts';

/**
 * The root of a closed month, computed from the records alone: no tile and no stored root is read.
 * A co-signing authority signs this one and nothing it was told; an auditor compares it with the chain.
 * @throws ledger.unknown_epoch
 */
export async function rebuildEpochRoot(
  store: Store,
  options: {
    readonly month: MonthIndex;
    readonly revision?: number;
    readonly hash: Poseidon;
    readonly onProgress?: (progress: HashProgress) => void;
  },
): Promise<EpochRoot> {
  const { month, revision, hash, onProgress } = options;
  const epoch = await getEpoch(store, month, revision);
  const total = epoch.accountCount + epoch.employerCount;
  let hashed = 0;

  async function rebuild(tree: LedgerTree): Promise<Fr> {
    const leaves: Fr[] = [];
    for await (const some of leavesInParts(tree, store.db, epoch, allIndices(tree, epoch), hash)) {
      for (const [index, leaf] of some) leaves[index] = leaf;
      hashed += some.size;
      onProgress?.({ leaves: hashed, total });
    }
    return treeRoot(leaves, TREE_DEPTH, hash);
  }

  const accountsRoot = await rebuild(accountsTree);
  const employersRoot = await rebuild(employersTree);
  return epochRoot(accountsRoot, employersRoot, month, hash);
}
