import type { Fr } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { employerLeaf, employerParts } from '../employer-account.ts';
import { type AccountInputs, accountInputs, changedAccounts } from '../store/account-inputs.ts';
import type { ChangedTiles } from '../store/changed-tiles.ts';
import { changedEmployers, type EmployerInputs, employerInputs } from '../store/employer-inputs.ts';
import type { EpochInputs } from '../store/epochs.ts';
import type { Db } from '../store/tables.ts';
import type { TreeName } from '../store/tiles.ts';
import { accountLeaves } from './account-leaves.ts';
import { buildAccount } from './build-account.ts';
import { buildEmployer } from './build-employer.ts';

/** What an epoch saw, and its month. */
export type Seen = EpochInputs & { readonly month: MonthIndex };

/** A leaf and its place. */
export type IndexedLeaf = readonly [index: number, leaf: Fr];

/** One of the two trees under an epoch root: where its leaves come from. */
export interface LedgerTree<Input> {
  readonly name: TreeName;
  /** Leaves it has in an epoch: indices below this. */
  count(epoch: EpochInputs): number;
  /** Leaves that may differ between two epochs. */
  changed(db: Db, before: Seen, after: Seen): Promise<ChangedTiles>;
  /** What some leaves are made from: plain data, which other threads may be sent. */
  read(db: Db, epoch: Seen, indices: readonly number[]): Promise<readonly Input[]>;
  leaves(inputs: readonly Input[], month: MonthIndex, hash: Poseidon): IndexedLeaf[];
}

const accounts: LedgerTree<AccountInputs> = {
  name: 'accounts',
  count: (epoch) => epoch.accountCount,
  changed: changedAccounts,
  read: (db, epoch, indices) => accountInputs(db, epoch, epoch.month, indices),
  leaves(inputs, month, hash) {
    const held = inputs.map((input) => ({
      account: buildAccount(input, month),
      holderCommitment: input.holderCommitment,
    }));
    const leaves = accountLeaves(held, hash);
    return inputs.map(({ accountIndex }, i) => [accountIndex, leaves[i] as Fr]);
  },
};

/** Two hashes a leaf; the adding up is the database's. */
const employers: LedgerTree<EmployerInputs> = {
  name: 'employers',
  count: (epoch) => epoch.employerCount,
  changed: changedEmployers,
  read: (db, epoch, indices) => employerInputs(db, epoch, epoch.month, indices),
  leaves: (inputs, month, hash) =>
    inputs.map((input) => {
      const parts = employerParts(buildEmployer(input, month), input.holderCommitment, hash);
      return [input.employerIndex, employerLeaf(parts, hash)];
    }),
};

/** By name; what one tree read, the same tree makes leaves of. */
export const ledgerTrees = { accounts, employers } as Readonly<
  Record<TreeName, LedgerTree<unknown>>
>;
