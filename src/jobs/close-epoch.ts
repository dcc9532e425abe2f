import type { Account } from 'viem';
import { publishEpoch } from '../chain/publish-epoch.ts';
import type { RegistryContract } from '../chain/registry.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { MonthIndex } from '../core/month.ts';
import type { Poseidon } from '../core/poseidon.ts';
import { buildEpoch } from '../ledger/build/build-epoch.ts';
import { listSignatures, markFinal, markSubmitted } from '../ledger/store/epoch-transitions.ts';
import { getEpoch, listEpochs, type StoredEpoch } from '../ledger/store/epochs.ts';
import type { Store } from '../ledger/store/open-store.ts';
import { collectSignatures, type EpochSigner, type SigningOptions } from './epoch-signatures.ts';

/** Where a closing has come to. */
export type CloseStage = 'build' | 'sign' | 'publish';

export interface CloseOptions extends Pick<SigningOptions, 'peers' | 'graceMs' | 'onRefusal'> {
  readonly store: Store;
  readonly registry: RegistryContract;
  readonly signers: readonly EpochSigner[];
  /** Pays for the transaction; need not be an authority. */
  readonly submitter: Account;
  readonly month: MonthIndex;
  /** Close the month once more with what the ledger knows now; nothing new, nothing done. */
  readonly revise?: boolean;
  readonly hash: Poseidon;
  /** Makes the chain's state outlive its process, before the ledger relies on it: the embedded node. */
  readonly persistChain?: () => Promise<void>;
  /** @param share of the stage, 0 to 1 */
  readonly onProgress?: (stage: CloseStage, share: number) => void;
}

export interface ClosedEpoch {
  readonly epoch: StoredEpoch;
  /** Addresses that signed. */
  readonly signers: readonly string[];
}

/**
 * Closes a month: root from the records, a quorum of signatures, publication, confirmations. Every
 * step is kept before the next begins, so that a closing cut short is finished by running it again,
 * or by closing the next month.
 * @throws epoch.roots_differ, epoch.no_quorum, and what building and publishing throw
 */
export async function closeEpoch(options: CloseOptions): Promise<ClosedEpoch> {
  const { store, month, hash, revise = false, onProgress = () => {} } = options;
  // The chain takes months in order: one overtaken now could never be published.
  await finishPending(options, (pending) => pending.month < month);
  const built = await buildEpoch(store, {
    month,
    hash,
    revise,
    onProgress: ({ leaves, total }) => onProgress('build', leaves / total),
  });
  await finishPending(options, (pending) => pending.id <= built.id);
  const epoch = await getEpoch(store, month, built.revision);
  const signers = (await listSignatures(store, epoch.id)).map(({ authority }) => authority);
  return { epoch, signers };
}

/** Brings epochs that are built to their end, in the order they were built. */
async function finishPending(
  options: CloseOptions,
  isMeant: (epoch: StoredEpoch) => boolean,
): Promise<void> {
  for (const epoch of await listEpochs(options.store)) {
    if (isMeant(epoch)) await finish(options, epoch);
  }
}

/** More often than this nobody is overtaken: an epoch has fewer steps left. */
const MAX_ATTEMPTS = 5;

/** Another operator may take the same steps meanwhile; what they did is kept, and gone on from. */
async function finish(options: CloseOptions, { month, revision }: StoredEpoch): Promise<void> {
  const { store, persistChain } = options;
  for (let attempt = 1; ; attempt++) {
    const epoch = await getEpoch(store, month, revision);
    if (epoch.state === 'final') return;
    try {
      await signAndPublish(options, epoch);
      await persistChain?.();
      await markFinal(store, epoch.id);
      return;
    } catch (error) {
      const isOvertaken = error instanceof CanbaoError && error.code === 'ledger.bad_transition';
      if (!isOvertaken || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** Publishing is idempotent: what an earlier run submitted, and the chain kept, is not sent again. */
async function signAndPublish(options: CloseOptions, epoch: StoredEpoch): Promise<void> {
  const { store, registry, submitter, onProgress = () => {} } = options;
  const { commitment, signatures } = await collectSignatures(
    { ...options, onSigned: (share) => onProgress('sign', share) },
    epoch,
  );
  onProgress('publish', 0);
  const hash = await publishEpoch(registry, submitter, commitment, signatures, {
    onSubmitted: async (txHash) => {
      await markSubmitted(store, epoch.id, txHash);
    },
  });
  // Sent by an earlier run that was cut short before it could write the hash down.
  if (hash === undefined && epoch.state !== 'submitted') await markSubmitted(store, epoch.id, null);
}
