import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { WalletFile } from '../../../../src/holder/wallet-file.ts';
import type { DeviceKey } from './device-unlock.ts';

/** The recovery words under what the device's own unlock gives. */
export interface DeviceSealed extends DeviceKey {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The recovery words at rest: under a passphrase, the device's own unlock, or either. */
export interface SealedSeed {
  readonly passphrase?: WalletFile;
  readonly device?: DeviceSealed;
}

/** What is kept on the device: nothing in it can be read without the seed. */
export interface WalletDatabase extends DBSchema {
  vault: { key: 'seed'; value: SealedSeed };
  /** Sealed values under keyed hashes of their names. */
  values: { key: string; value: Uint8Array };
}

export type Database = IDBPDatabase<WalletDatabase>;

const NAME = 'canbao-wallet';

/** @throws where the browser keeps nothing, as in some private windows */
export function openDatabase(): Promise<Database> {
  return openDB<WalletDatabase>(NAME, 1, {
    upgrade(db) {
      db.createObjectStore('vault');
      db.createObjectStore('values');
    },
  });
}

/** Undefined on a device without a wallet. */
export function readSealedSeed(db: Database): Promise<SealedSeed | undefined> {
  return db.get('vault', 'seed');
}

export async function writeSealedSeed(db: Database, sealed: SealedSeed): Promise<void> {
  await db.put('vault', sealed, 'seed');
}

/** Asks the browser not to clear it when space is short. */
export async function keepDatabase(): Promise<void> {
  try {
    await navigator.storage?.persist?.();
  } catch {
    // It keeps it as long as it can; the words recover the rest.
  }
}

export async function clearDatabase(db: Database): Promise<void> {
  const both = db.transaction(['vault', 'values'], 'readwrite');
  await Promise.all([
    both.objectStore('vault').clear(),
    both.objectStore('values').clear(),
    both.done,
  ]);
}
