import { setTimeout } from 'node:timers/promises';
import type { Hex, LocalAccount } from 'viem';
import { publishEpoch } from '../chain/publish-epoch.ts';
import { allEpochs, type RegistryContract } from '../chain/registry.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
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
  /** Epochs that became final, in order. */
  readonly settled: readonly StoredEpoch[];
  /** Of those, the ones that counted as sent or final before, and that the chain no longer had. */
  readonly takenBack: readonly StoredEpoch[];
}

/**
 * Holds the ledger against the chain: epochs a reorganisation took back are submitted again, in
 * order, and closings cut short are finished.
 * @throws epoch.closing, epoch.lock_lost, epoch.roots_differ, epoch.no_quorum, and what publishing throws
 */
export function settleEpochs(options: SettleOptions): Promise<Settlement> {
  const { store, wait = false } = options;
  return store.closing.hold(wait, (held) => settleInOrder(options, held, () => true));
}

/** Chains may be reorganised again while what they lost is mended. */
const MOST_PASSES = 10;

/**
 * Brings the epochs that are meant, and all that the chain has lost, to their end in the order they
 * were built: the chain takes them in no other. Assumes the closing lock.
 */
export async function settleInOrder(
  options: SettleOptions,
  held: HeldLock,
  isMeant: (epoch: StoredEpoch) => boolean,
): Promise<Settlement> {
  const { store, registry } = options;
  const lost = new Set<number>();
  const settled = new Map<number, StoredEpoch>();
  for (let pass = 1; ; pass++) {
    for (const { id } of await reopen(store, registry)) lost.add(id);
    try {
      for (const epoch of await listEpochs(store)) {
        if (epoch.state === 'final' || !(lost.has(epoch.id) || isMeant(epoch))) continue;
        settled.set(epoch.id, await finish(options, held, epoch));
      }
      break;
    } catch (error) {
      if (pass === MOST_PASSES || !isOutOfOrder(error)) throw error;
      await setTimeout(registry.chain.reader.pollingInterval);
    }
  }
  const all = [...settled.values()].sort((a, b) => a.id - b.id);
  return { takenBack: all.filter(({ id }) => lost.has(id)), settled: all };
}

/** What an epoch meets whose predecessor the chain has lost. */
function isOutOfOrder(error: unknown): boolean {
  if (!(error instanceof CanbaoError)) return false;
  const { code, facts } = error;
  const isRefusal = facts.error === 'WrongPreviousRoot' || facts.error === 'WrongRevision';
  return code === 'epoch.taken_back' || (code === 'chain.reverted' && isRefusal);
}

/**
 * Finds the epochs that the ledger takes for sent or final and the chain does not have as deep as it
 * should. None of them counts as final any longer.
 */
async function reopen(store: Store, registry: RegistryContract): Promise<StoredEpoch[]> {
  const sent = (await listEpochs(store)).filter(({ state }) => isSent(state));
  if (sent.length === 0) return [];
  const published = new Set((await allEpochs(registry)).map(({ root }) => root));
  const missing = sent.filter(({ root }) => !published.has(root));
  return Promise.all(missing.map(({ id }) => markTakenBack(store, id)));
}

function isSent(state: StoredEpoch['state']): boolean {
  return state === 'submitted' || state === 'final';
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
