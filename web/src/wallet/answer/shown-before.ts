import { systemClock } from '../../../../src/core/clock.ts';
import { type HistoryEntry, listEntries, provenIn } from '../history/entry.ts';
import type { StoredRecord } from '../open-wallet.ts';
import type { WalletStore } from '../vault/wallet-store.ts';
import type { Shown } from './narrowing.ts';

/** Everything proven so far, but for one entry. */
export async function shownBefore(store: WalletStore, without: string): Promise<Shown[]> {
  const entries = await listEntries(store);
  return entries
    .filter(({ id, presentation }) => id !== without && presentation !== undefined)
    .flatMap((entry) =>
      provenIn(entry).map((request) => ({ request, month: entry.month ?? 0, at: entry.at })),
    );
}

/** What would be proven. */
export function shownNow(
  entry: HistoryEntry,
  choice: number | undefined,
  { opening }: StoredRecord,
): Shown[] {
  const { month } = opening.epoch;
  return provenIn({ ...entry, choice }).map((request) => ({ request, month, at: systemClock() }));
}
