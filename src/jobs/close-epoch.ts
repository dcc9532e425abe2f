import type { MonthIndex } from '../core/month.ts';
import type { Poseidon } from '../core/poseidon.ts';
import { buildEpoch } from '../ledger/build/build-epoch.ts';
import type { HeldLock } from '../ledger/store/closing-lock.ts';
import { listSignatures } from '../ledger/store/epoch-transitions.ts';
import { getEpoch, type StoredEpoch } from '../ledger/store/epochs.ts';
import { type SettleOptions, settleInOrder } from './settle-epochs.ts';

export interface CloseOptions extends SettleOptions {
  readonly month: MonthIndex;
  /** Close the month once more with what the ledger knows now; nothing new, nothing done. */
  readonly revise?: boolean;
  readonly hash: Poseidon;
}

export interface ClosedEpoch {
  readonly epoch: StoredEpoch;
  /** Addresses that signed. */
  readonly signers: readonly string[];
}

/**
 * Closes a month: root from the records, a quorum of signatures, publication, confirmations. Every
 * step is kept before the next begins, so that a closing cut short is finished by running it again,
 * or by closing the next month; so is what a reorganisation of the chain took back meanwhile. One
 * closing of a ledger runs at a time.
 * @throws epoch.closing, epoch.lock_lost, epoch.roots_differ, epoch.no_quorum, and what building and
 * publishing throw
 */
export function closeEpoch(options: CloseOptions): Promise<ClosedEpoch> {
  const { store, wait = false } = options;
  return store.closing.hold(wait, (held) => closeAlone(options, held));
}

async function closeAlone(options: CloseOptions, held: HeldLock): Promise<ClosedEpoch> {
  const { store, month, hash, revise = false, onProgress = () => {} } = options;
  // The chain takes months in order: one overtaken now could never be published.
  await settleInOrder(options, held, (epoch) => epoch.month < month);
  await held.check();
  const built = await buildEpoch(store, {
    month,
    hash,
    revise,
    onProgress: ({ leaves, total }) => onProgress('build', leaves / total),
  });
  await settleInOrder(options, held, ({ id }) => id <= built.id);
  const epoch = await getEpoch(store, month, built.revision);
  const signers = (await listSignatures(store, epoch.id)).map(({ authority }) => authority);
  return { epoch, signers };
}
