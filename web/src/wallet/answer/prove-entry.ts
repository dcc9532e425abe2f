import { systemClock } from '../../../../src/core/clock.ts';
import type { PresentationFile } from '../../../../src/sdk/answers.ts';
import { network } from '../../shared/network.ts';
import type { ProofProgress } from '../../shared/proving/proof-task.ts';
import { type HistoryEntry, writeEntry } from '../history/entry.ts';
import type { OpenWallet, StoredRecord } from '../open-wallet.ts';

export interface ToProve {
  readonly entry: HistoryEntry;
  readonly record: StoredRecord;
  /** Of a set of which one is asked. */
  readonly choice?: number | undefined;
  readonly accounts: number | undefined;
}

export interface ProveOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ProofProgress) => void;
}

/** Proves on this device. @throws as `proveInPage` */
export async function proveEntry(
  wallet: OpenWallet,
  task: ToProve,
  { signal, onProgress }: ProveOptions,
): Promise<HistoryEntry> {
  const [{ proveInPage }, { production }] = await Promise.all([
    import('../../shared/proving/prove-in-page.ts'),
    network(),
  ]);
  const awake = await keepAwake();
  try {
    const { entry, record, choice } = task;
    const presentation = await proveInPage(
      {
        ...{ request: entry.request, opening: record.opening, holderKeys: wallet.keys },
        ...{ choice, production },
      },
      { signal, onProgress },
    );
    return await keepProof(wallet, task, presentation);
  } finally {
    awake();
  }
}

/** Has the service prove, which then learns who asks; for a device that cannot. @throws as `delegate` */
export async function delegateEntry(
  wallet: OpenWallet,
  task: ToProve,
  { signal, onProgress }: ProveOptions,
): Promise<HistoryEntry> {
  const session = await wallet.session();
  const presentation = await session.delegate(task.entry.request, {
    ...(task.choice !== undefined && { choice: task.choice }),
    ...{ signal, onProgress: (share: number) => onProgress({ stage: 'proof', share }) },
  });
  return keepProof(wallet, task, presentation);
}

async function keepProof(
  { store }: OpenWallet,
  { entry, record, choice, accounts }: ToProve,
  presentation: PresentationFile,
): Promise<HistoryEntry> {
  const proven: HistoryEntry = {
    ...entry,
    ...{ outcome: 'proven', at: systemClock(), presentation, choice, accounts },
    month: record.opening.epoch.month,
  };
  await writeEntry(store, proven);
  return proven;
}

/** A phone that falls asleep stops proving. @returns lets it sleep again */
async function keepAwake(): Promise<() => void> {
  try {
    const lock = await navigator.wakeLock.request('screen');
    return () => void lock.release().catch(() => {});
  } catch {
    // Not every browser can, nor every device when its battery is low.
    return () => {};
  }
}
