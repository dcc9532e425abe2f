import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { accountLeaf, accountParts } from '../account.ts';
import type { AccountOpening } from '../epoch.ts';
import { parseIdNumber } from '../id-number.ts';
import { type Pepper, type PersonHash, personHash } from '../person-hash.ts';
import { accountInputs } from '../store/account-inputs.ts';
import type { StoredEpoch } from '../store/epochs.ts';
import type { Store } from '../store/open-store.ts';
import { findAccount } from '../store/persons.ts';
import { rootOf } from '../tree.ts';
import { buildAccount } from './build-account.ts';
import { readInclusionProof } from './inclusion-proof.ts';

/**
 * A person's account as it stood in an epoch: {@link accountOpening} by the hash of their number.
 * @throws ledger.unknown_person, ledger.not_in_epoch, ledger.leaf_mismatch
 */
async function epochOpening(
  store: Store,
  person: PersonHash,
  epoch: StoredEpoch,
  hash: Poseidon,
): Promise<AccountOpening> {
  const index = await findAccount(store.db, person);
  if (index === undefined) throw new CanbaoError('ledger.unknown_person');
  return accountOpening(store, index, epoch, hash);
}

/**
 * An account as it stood in an epoch, with its inclusion proof. The account is read from the records
 * and the proof from four tiles; that the two meet in the epoch's root is checked here.
 * @throws ledger.not_in_epoch, ledger.leaf_mismatch
 */
export async function accountOpening(
  store: Store,
  index: number,
  epoch: StoredEpoch,
  hash: Poseidon,
): Promise<AccountOpening> {
  const [inputs] =
    index < epoch.accountCount ? await accountInputs(store.db, epoch, epoch.month, [index]) : [];
  if (!inputs) throw new CanbaoError('ledger.not_in_epoch', { epoch: formatMonth(epoch.month) });

  const account = buildAccount(inputs, epoch.month);
  const { holderCommitment } = inputs;
  const inclusion = await readInclusionProof(store.db, { tree: 'accounts', index }, epoch.id, hash);
  const leaf = accountLeaf(accountParts(account, holderCommitment, hash), hash);
  if (rootOf(leaf, inclusion, hash) !== epoch.accountsRoot) {
    const facts = { tree: 'accounts', index, epoch: formatMonth(epoch.month) };
    throw new CanbaoError('ledger.leaf_mismatch', facts);
  }
  const { month, accountsRoot, employersRoot, root } = epoch;
  const committed = { month, accountsRoot, employersRoot, root };
  return { account, holderCommitment, inclusion, epoch: committed };
}

/**
 * {@link epochOpening} by ID number.
 * @throws ledger.bad_id_number, ledger.bad_id_date, ledger.bad_id_check and as above
 */
export function openingByIdNumber(
  store: Store,
  { idNumber, pepper }: { readonly idNumber: string; readonly pepper: Pepper },
  epoch: StoredEpoch,
  hash: Poseidon,
): Promise<AccountOpening> {
  return epochOpening(store, personHash(pepper, parseIdNumber(idNumber)), epoch, hash);
}
