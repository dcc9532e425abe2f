import type { LocalAccount } from 'viem';
import { allEpochs, type RegistryContract } from '../../chain/registry.ts';
import type { EpochCommitment } from '../../chain/types.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { toFr } from '../../core/field.ts';
import { formatMonth } from '../../core/month.ts';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { signedRoot } from './own-epochs.ts';

/** @throws epoch.accounts_differ */
export function expectAccounts({ accounts }: EpochCommitment, expected: number): void {
  if (accounts !== expected) {
    throw new CanbaoError('epoch.accounts_differ', { given: accounts, expected });
  }
}

/**
 * The chain itself says what comes next: last root, month and revision. Behind a month that was
 * signed and is not there, nothing is: it would shut that month out for ever.
 * @param signed the epoch signed last, whatever became of it
 * @throws epoch.wrong_previous_root, epoch.out_of_order, epoch.taken_back
 */
export async function expectNext(
  registry: RegistryContract,
  commitment: EpochCommitment,
  signed: StoredEpoch | undefined,
): Promise<void> {
  const { month, revision, previousRoot } = commitment;
  const published = await allEpochs(registry);
  const expected = published.at(-1)?.root ?? toFr(0n);
  if (previousRoot !== expected) {
    const facts = { month: formatMonth(month), given: previousRoot, expected };
    throw new CanbaoError('epoch.wrong_previous_root', facts);
  }
  const revisions = published.filter((epoch) => epoch.month === month).length;
  const isLater = published.every((epoch) => epoch.month < month);
  if (revision !== revisions || (revision === 0 && !isLater)) {
    throw new CanbaoError('epoch.out_of_order', { month: formatMonth(month), revision });
  }
  const isSame = signed?.month === month && signed.revision === revision;
  if (signed && !isSame && !published.some(({ root }) => root === signed.root)) {
    throw new CanbaoError('epoch.taken_back', { month: formatMonth(signed.month) });
  }
}

/**
 * One root a revision, ever: whatever predecessor it names, and in whatever role it was signed.
 * @throws epoch.second_root
 */
export async function expectNoOther(
  { address: authority }: LocalAccount,
  signsIn: readonly Store[],
  { month, revision, epochRoot }: EpochCommitment,
): Promise<void> {
  for (const store of signsIn) {
    const signed = await signedRoot(store, authority, month, revision);
    if (signed !== undefined && signed !== epochRoot) {
      throw new CanbaoError('epoch.second_root', {
        authority,
        month: formatMonth(month),
        revision,
      });
    }
  }
}
