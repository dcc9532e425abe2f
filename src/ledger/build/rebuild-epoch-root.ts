import type { EpochRoot } from '../../core/brands.ts';
import type { Fr } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { epochRoot } from '../epoch.ts';
import { accountInputs } from '../store/account-inputs.ts';
import { getEpoch } from '../store/epochs.ts';
import type { Store } from '../store/open-store.ts';
import { TREE_DEPTH, treeRoot } from '../tree.ts';
import { emptyEmployersRoot } from './build-epoch.ts';
import { leafOf } from './leaf-of.ts';

const ACCOUNTS_AT_ONCE = 32;

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
    readonly onProgress?: (progress: { readonly accounts: number; readonly total: number }) => void;
  },
): Promise<EpochRoot> {
  const { month, revision, hash, onProgress } = options;
  const epoch = await getEpoch(store, month, revision);
  const total = epoch.accountCount;
  const leaves: Fr[] = [];
  for (let first = 0; first < total; first += ACCOUNTS_AT_ONCE) {
    const count = Math.min(ACCOUNTS_AT_ONCE, total - first);
    const some = Array.from({ length: count }, (_, i) => first + i);
    for (const inputs of await accountInputs(store.db, epoch, month, some)) {
      leaves[inputs.accountIndex] = leafOf(inputs, month, hash);
    }
    onProgress?.({ accounts: first + count, total });
  }
  return epochRoot(treeRoot(leaves, TREE_DEPTH, hash), emptyEmployersRoot(hash), month, hash);
}
