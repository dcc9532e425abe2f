import { type DBSchema, type IDBPDatabase, openDB } from 'idb';

/** What is kept on the device: nothing in it can be read without the seed. */
export interface WalletDatabase extends DBSchema {
  /** The sealed seed and when to lock, under the name of what it is. */
  vault: { key: string; value: unknown };
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
