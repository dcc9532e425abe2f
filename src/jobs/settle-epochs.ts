import type { Hex, LocalAccount } from 'viem';
import { publishEpoch } from '../chain/publish-epoch.ts';
import { allEpochs, type RegistryContract } from '../chain/registry.ts';
import type { HeldLock } from '../ledger/store/closing-lock.ts';
import { markFinal, markSubmitted, markTakenBack } from '../ledger/store/epoch-transitions.ts';
import { getEpoch, listEpochs, type StoredEpoch } from '../ledger/store/epochs.ts';
import type { Store } from '../ledger/store/open-store.ts';
import { collectSignatures, type EpochSigner, type SigningOptions } from './epoch-signatures.ts';

/** Where a closing has come to. */
export type CloseStage = 'build' | 'sign' | 'publish';

export interface SettleOptions extends Pick<SigningOptions, 'peers' | 'graceMs' | 'onRefusal'> {
  readonly store: Store;
  readonly registry: RegistryContract;
  readonly signers: readonly EpochSigner[];
  /** Pays for the transactions; need not be an authority. */
  readonly submitter: LocalAccount;
  /** Where another closing of this ledger runs, wait until it is done; default: refuse. */
  readonly wait?: boolean;
  /** Makes the chain's state outlive its process, before the ledger relies on it: the embedded node. */
  readonly persistChain?: () => Promise<void>;
  /** @param share of the stage, 0 to 1 */
  readonly onProgress?: (stage: CloseStage, share: number) => void;
}

/** What settling did. */
export interface Settlement {
  /** Epochs that counted as sent or final and that the chain no longer had, submitted again. */
  readonly takenBack: readonly StoredEpoch[];
  /** Epochs that became final, in order; those taken back among them. */
  readonly settled: readonly StoredEpoch[];
}

/**
 * Holds the ledger against the chain: epochs a reorganisation took back are submitted again, in
 * order, and closings cut short are finished.
 * @throws epoch.closing, epoch.lock_lost, epoch.roots_differ, epoch.no_quorum, and what publishing throws
 */
export function settleEpochs(options: SettleOptions): Promise<Settlement> {
  const { store, wait = false } = options;
  return store.closing.hold(wait, async (held) => {
    const takenBack = await reopen(options);
    const settled = await finishPending(options, held, () => true);
    const isAgain = new Set(takenBack.map(({ id }) => id));
    return { takenBack: settled.filter(({ id }) => isAgain.has(id)), settled };
  });
}

/**
 * Finds the epochs that the ledger takes for sent or final and the chain does not have as deep as it
 * should. None of them counts as final any longer. Assumes the closing lock.
 */
export async function reopen({ store, registry }: SettleOptions): Promise<StoredEpoch[]> {
  const sent = (await listEpochs(store)).filter(({ state }) => isSent(state));
  if (sent.length === 0) return [];
  const published = new Set((await allEpochs(registry)).map(({ root }) => root));
  const missing = sent.filter(({ root }) => !published.has(root));
  return Promise.all(missing.map(({ id }) => markTakenBack(store, id)));
}

function isSent(state: StoredEpoch['state']): boolean {
  return state === 'submitted' || state === 'final';
}

/** Brings epochs to their end in the order they were built, and returns them. Assumes the closing lock. */
export async function finishPending(
  options: SettleOptions,
  held: HeldLock,
  isMeant: (epoch: StoredEpoch) => boolean,
): Promise<StoredEpoch[]> {
  const finished: StoredEpoch[] = [];
  for (const epoch of await listEpochs(options.store)) {
    if (epoch.state === 'final' || !isMeant(epoch)) continue;
    finished.push(await finish(options, held, epoch));
  }
  return finished;
}

async function finish(
  options: SettleOptions,
  held: HeldLock,
  epoch: StoredEpoch,
): Promise<StoredEpoch> {
  const { store, persistChain } = options;
  await held.check();
  await signAndPublish(options, held, epoch);
  await persistChain?.();
  await held.check();
  return markFinal(store, epoch.id);
}

/** Publishing is idempotent: what an earlier run submitted, and the chain kept, is not sent again. */
async function signAndPublish(
  options: SettleOptions,
  held: HeldLock,
  { id, month, revision }: StoredEpoch,
): Promise<void> {
  const { store, registry, submitter, onProgress = () => {} } = options;
  const epoch = await getEpoch(store, month, revision);
  const { commitment, signatures } = await collectSignatures(
    { ...options, onSigned: (share) => onProgress('sign', share) },
    epoch,
  );
  onProgress('publish', 0);
  await held.check();
  const hash = await publishEpoch(registry, submitter, commitment, signatures, {
    submitted:
      epoch.state === 'submitted' ? ((epoch.txHash as Hex | null) ?? undefined) : undefined,
    onSubmitted: async (txHash) => {
      await markSubmitted(store, id, txHash);
    },
  });
  // Sent by an earlier run that was cut short before it could write the hash down.
  if (hash === undefined && epoch.state !== 'submitted') await markSubmitted(store, id, null);
}
