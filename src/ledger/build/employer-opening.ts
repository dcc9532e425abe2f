import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth } from '../../core/month.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import type { CreditCode } from '../employer.ts';
import { type EmployerOpening, employerLeaf, employerParts } from '../employer-account.ts';
import { employerInputs } from '../store/employer-inputs.ts';
import { employerIndex } from '../store/employers.ts';
import type { StoredEpoch } from '../store/epochs.ts';
import type { Store } from '../store/open-store.ts';
import { rootOf } from '../tree.ts';
import { buildEmployer } from './build-employer.ts';
import { readInclusionProof } from './inclusion-proof.ts';

/**
 * An employer's standing as it was in an epoch: {@link employerOpeningAt} by its credit code.
 * @throws ledger.unknown_employer, ledger.employer_not_in_epoch, ledger.leaf_mismatch
 */
export async function employerOpening(
  store: Store,
  creditCode: CreditCode,
  epoch: StoredEpoch,
  hash: Poseidon,
): Promise<EmployerOpening> {
  const index = await employerIndex(store.db, creditCode);
  const opening = await employerOpeningAt(store, index, epoch, hash);
  if (opening) return opening;
  const facts = { creditCode, epoch: formatMonth(epoch.month) };
  throw new CanbaoError('ledger.employer_not_in_epoch', facts);
}

/**
 * The employer at a place of the tree as it was in an epoch, with its inclusion proof; like
 * `accountOpening`, read from the records and checked against the epoch's root.
 * @returns undefined where the epoch has no such place
 * @throws ledger.leaf_mismatch
 */
export async function employerOpeningAt(
  store: Store,
  index: number,
  epoch: StoredEpoch,
  hash: Poseidon,
): Promise<EmployerOpening | undefined> {
  const [inputs] =
    index < epoch.employerCount ? await employerInputs(store.db, epoch, epoch.month, [index]) : [];
  if (!inputs) return undefined;
  const employer = buildEmployer(inputs, epoch.month);
  const { holderCommitment } = inputs;
  const inclusion = await readInclusionProof(
    store.db,
    { tree: 'employers', index },
    epoch.id,
    hash,
  );
  const leaf = employerLeaf(employerParts(employer, holderCommitment, hash), hash);
  if (rootOf(leaf, inclusion, hash) !== epoch.employersRoot) {
    const facts = { tree: 'employers', index, epoch: formatMonth(epoch.month) };
    throw new CanbaoError('ledger.leaf_mismatch', facts);
  }
  const { month, accountsRoot, employersRoot, root } = epoch;
  const committed = { month, accountsRoot, employersRoot, root };
  return { employer, holderCommitment, inclusion, epoch: committed };
}
