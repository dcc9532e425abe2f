import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import type { HolderKeys } from '../../../src/holder/keys.ts';
import { type HolderSession, holderSession } from '../../../src/sdk/holder-session.ts';
import { readKeptRecord, type StoredRecord, writeKeptRecord } from './record/kept-record.ts';
import type { WalletStore } from './vault/wallet-store.ts';

export type { StoredRecord, WalletStore };

/** The wallet while it is unlocked; lives in memory alone. */
export interface OpenWallet {
  readonly keys: HolderKeys;
  /** Sealed values by name, for history and record. */
  readonly store: WalletStore;
  /**
   * Logs in at the page's own origin; kept until it expires.
   * @throws holder.login_refused, holder.superseded, sdk.unreachable
   */
  session(): Promise<HolderSession>;
  /** The newest kept record, checked; undefined where none was fetched yet. */
  record(): Promise<StoredRecord | undefined>;
  /**
   * From the service: checked, and kept.
   * @throws as `session`; holder.not_in_epoch, ledger.no_epoch, bundle.inconsistent
   */
  fetchRecord(signal?: AbortSignal): Promise<StoredRecord>;
  /** Forgets everything in memory. */
  lock(): void;
}

export interface WalletParts {
  readonly keys: HolderKeys;
  readonly store: WalletStore;
  readonly onLock: () => void;
  /** Unix seconds. */
  readonly clock: () => number;
}

/** A session is not used for something that may outlast it. */
const SPARE_SECONDS = 60;

/** Puts an unlocked wallet together. */
export function createOpenWallet({ keys, store, onLock, clock }: WalletParts): OpenWallet {
  let known: { readonly session: Promise<HolderSession>; until: number } | undefined;
  let record: Promise<StoredRecord | undefined> | undefined;

  const session = (): Promise<HolderSession> => {
    if (known && clock() < known.until) return known.session;
    const fresh = { session: holderSession({ url: location.origin, keys }), until: Infinity };
    known = fresh;
    fresh.session.then(
      ({ expiresAt }) => {
        fresh.until = expiresAt - SPARE_SECONDS;
      },
      () => {
        if (known === fresh) known = undefined;
      },
    );
    return fresh.session;
  };

  return {
    keys,
    store,
    session,
    record() {
      record ??= readKeptRecord(store);
      record.catch(() => {
        record = undefined;
      });
      return record;
    },
    async fetchRecord(signal) {
      const fetchBundle = async () => (await session()).fetchBundle(signal ? { signal } : {});
      const { bundle, opening } = await fetchBundle().catch((error: unknown) => {
        // The service forgot the session, as after a restart: a new one is tried once.
        if (!(error instanceof CanbaoError && error.code === 'holder.no_session')) throw error;
        known = undefined;
        return fetchBundle();
      });
      const fetched = { bundle, opening, fetchedAt: clock() };
      await writeKeptRecord(store, fetched);
      record = Promise.resolve(fetched);
      return fetched;
    },
    lock() {
      known = undefined;
      record = undefined;
      onLock();
    },
  };
}
