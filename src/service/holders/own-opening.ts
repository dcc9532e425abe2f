import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth, type MonthIndex } from '../../core/month.ts';
import { encodeBundle, type HolderBundle } from '../../holder/bundle.ts';
import { type EmployerBundle, encodeEmployerBundle } from '../../holder/employer-bundle.ts';
import { employerOpeningAt } from '../../ledger/build/employer-opening.ts';
import { accountOpening } from '../../ledger/build/epoch-opening.ts';
import { wasmPoseidon } from '../../ledger/build/poseidon-wasm.ts';
import { listEpochs, type StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import type { Opening } from '../../statements/define-statement.ts';
import { isAccountOpening } from '../../statements/judge.ts';
import type { Service } from '../service.ts';
import type { HolderSession } from './session.ts';

/**
 * A holder's own record under a final month, by default the latest. Only months that commit to the
 * very key of the session: with a record under an earlier key nothing can be proven.
 * @throws ledger.no_epoch, ledger.unknown_epoch, holder.not_in_epoch, ledger.leaf_mismatch
 */
export async function ownOpening(
  { bureau: { store } }: Pick<Service, 'bureau'>,
  { commitment, owner }: Pick<HolderSession, 'commitment' | 'owner'>,
  month?: MonthIndex,
): Promise<Opening> {
  const epoch = await finalEpoch(store, month);
  const opening = await openingAt(store, owner, epoch);
  if (opening?.holderCommitment !== commitment) {
    throw new CanbaoError('holder.not_in_epoch', { epoch: formatMonth(epoch.month) });
  }
  return opening;
}

/** The versioned JSON form, of a person or an employer. */
export function encodeOwnBundle(opening: Opening): HolderBundle | EmployerBundle {
  return isAccountOpening(opening) ? encodeBundle(opening) : encodeEmployerBundle(opening);
}

async function openingAt(
  store: Store,
  owner: HolderSession['owner'],
  epoch: StoredEpoch,
): Promise<Opening | undefined> {
  const hash = await wasmPoseidon();
  if ('employer_index' in owner) {
    return employerOpeningAt(store, owner.employer_index, epoch, hash);
  }
  // New since: no leaf at all.
  if (owner.account_index >= epoch.accountCount) return undefined;
  return accountOpening(store, owner.account_index, epoch, hash);
}

/** The last revision of the month, or of the last month, that the chain has confirmed. */
async function finalEpoch(store: Store, month: MonthIndex | undefined): Promise<StoredEpoch> {
  const final = (await listEpochs(store)).filter(({ state }) => state === 'final');
  const among = month === undefined ? final : final.filter((epoch) => epoch.month === month);
  const [newest] = among.sort((a, b) => b.month - a.month || b.revision - a.revision);
  if (newest) return newest;
  if (month === undefined) throw new CanbaoError('ledger.no_epoch');
  throw new CanbaoError('ledger.unknown_epoch', { what: formatMonth(month) });
}
