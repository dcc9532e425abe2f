import { createStore, type Store } from '../shell/store.ts';
import type { OpenWallet } from './open-wallet.ts';
import { clearDatabase, type Database, openDatabase, readSealedSeed } from './vault/database.ts';

/** What unlocks the wallet of this device. */
export interface Ways {
  readonly passphrase: boolean;
  readonly device: boolean;
}

/** Made or recovered just now. */
export type Arrival = 'made' | 'recovered';

export type WalletState =
  | { readonly kind: 'loading' }
  /** The browser keeps nothing. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'none'; readonly db: Database }
  | { readonly kind: 'locked'; readonly db: Database; readonly ways: Ways }
  | {
      readonly kind: 'open';
      readonly db: Database;
      readonly ways: Ways;
      readonly wallet: OpenWallet;
      /** Where it came from, if it was not unlocked. */
      readonly arrival?: Arrival;
    };

export const walletState: Store<WalletState> = createStore<WalletState>({ kind: 'loading' });

/** Looks whether there is a wallet on this device. */
export async function findWallet(): Promise<void> {
  try {
    const db = await openDatabase();
    const ways = await readWays(db);
    walletState.set(ways ? { kind: 'locked', db, ways } : { kind: 'none', db });
  } catch {
    walletState.set({ kind: 'unavailable' });
  }
}

/** With the words out of the vault, or new ones whose lock was just set. */
export async function enterWallet(
  db: Database,
  mnemonic: string,
  arrival?: Arrival,
): Promise<void> {
  const { openWords } = await import('./vault/vault.ts');
  const wallet = openWords(db, mnemonic, () => void findWallet());
  const ways = (await readWays(db)) ?? { passphrase: false, device: false };
  walletState.set({ kind: 'open', db, ways, wallet, ...(arrival && { arrival }) });
}

/** Ways to unlock were changed. */
export async function refreshWays(): Promise<void> {
  const state = walletState.get();
  if (state.kind !== 'open') return;
  walletState.set({ ...state, ways: (await readWays(state.db)) ?? state.ways });
}

/** Takes the wallet from this device, for good. */
export async function removeWallet(db: Database): Promise<void> {
  await clearDatabase(db);
  walletState.set({ kind: 'none', db });
}

/** Undefined where there is no wallet. */
async function readWays(db: Database): Promise<Ways | undefined> {
  const sealed = await readSealedSeed(db);
  if (!sealed) return undefined;
  return { passphrase: sealed.passphrase !== undefined, device: sealed.device !== undefined };
}
