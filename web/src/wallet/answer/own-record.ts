import { systemClock } from '../../../../src/core/clock.ts';
import { isUnreachable } from '../../../../src/sdk/connection.ts';
import type { OpenWallet, StoredRecord } from '../open-wallet.ts';

/** A month is closed once a month; older than this, the service is asked again. */
const FRESH_SECONDS = 12 * 3600;

/**
 * The own record to answer from: as it is kept, and where that is some time ago, anew if the service
 * can be reached.
 * @throws as `OpenWallet.fetchRecord` where none is kept
 */
export async function recordToAnswer(
  wallet: OpenWallet,
  signal: AbortSignal,
): Promise<StoredRecord> {
  const kept = await wallet.record();
  if (kept && systemClock() - kept.fetchedAt < FRESH_SECONDS) return kept;
  try {
    return await wallet.fetchRecord(signal);
  } catch (error) {
    if (kept && isUnreachable(error)) return kept;
    throw error;
  }
}
