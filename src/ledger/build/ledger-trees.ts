import type { Fr } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { employerLeaf, employerParts } from '../employer-account.ts';
import { accountInputs, changedAccounts } from '../store/account-inputs.ts';
import { changedEmployers, employerInputs } from '../store/employer-inputs.ts';
import type { EpochInputs } from '../store/epochs.ts';
import type { Db } from '../store/tables.ts';
import type { TreeName } from '../store/tiles.ts';
import { accountLeaves } from './account-leaves.ts';
import { buildAccount } from './build-account.ts';
import { buildEmployer } from './build-employer.ts';

/** What an epoch saw, and its month. */
type Seen = EpochInputs & { readonly month: MonthIndex };

/** One of the two trees under an epoch root: where its leaves come from. */
export interface LedgerTree {
  readonly name: TreeName;
  /** Leaves it has in an epoch: indices below this. */
  count(epoch: EpochInputs): number;
  /** Leaves that may differ between two epochs, ascending. */
  changed(db: Db, before: Seen, after: Seen): Promise<number[]>;
  /** Leaves out of the records, by index. */
  leaves(
    db: Db,
    epoch: Seen,
    indices: readonly number[],
    hash: Poseidon,
  ): Promise<ReadonlyMap<number, Fr>>;
}

/** About 0.1 ms a leaf and month on record. */
export const accountsTree: LedgerTree = {
  name: 'accounts',
  count: (epoch) => epoch.accountCount,
  changed: changedAccounts,
  async leaves(db, epoch, indices, hash) {
    const inputs = await accountInputs(db, epoch, epoch.month, indices);
    const accounts = inputs.map((input) => ({
      account: buildAccount(input, epoch.month),
      holderCommitment: input.holderCommitment,
    }));
    const leaves = accountLeaves(accounts, hash);
    return new Map(leaves.map((leaf, i) => [inputs[i]?.accountIndex ?? 0, leaf]));
  },
};

/** Two hashes a leaf; the adding up is the database's. */
export const employersTree: LedgerTree = {
  name: 'employers',
  count: (epoch) => epoch.employerCount,
  changed: changedEmployers,
  async leaves(db, epoch, indices, hash) {
    const inputs = await employerInputs(db, epoch, epoch.month, indices);
    return new Map(
      inputs.map((input) => {
        const employer = buildEmployer(input, epoch.month);
        const parts = employerParts(employer, input.holderCommitment, hash);
        return [input.employerIndex, employerLeaf(parts, hash)];
      }),
    );
  },
};

/** Leaves whose records are in memory at once. */
const LEAVES_AT_ONCE = 32;

/** Leaves by index, a few at a time. */
export async function* leavesInParts(
  tree: LedgerTree,
  db: Db,
  epoch: Seen,
  indices: readonly number[],
  hash: Poseidon,
): AsyncIterable<ReadonlyMap<number, Fr>> {
  for (let i = 0; i < indices.length; i += LEAVES_AT_ONCE) {
    yield tree.leaves(db, epoch, indices.slice(i, i + LEAVES_AT_ONCE), hash);
  }
}

/** Every index of a tree in an epoch. */
export function allIndices(tree: LedgerTree, epoch: EpochInputs): number[] {
  return Array.from({ length: tree.count(epoch) }, (_, index) => index);
}
