import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { systemRandom } from '../../../../src/core/random.ts';
import type { Database } from './database.ts';

/** JSON values by name, sealed on the device; not even their names can be read there. */
export interface WalletStore {
  /** Undefined where there is none, and where it was written under another seed. */
  get(name: string): Promise<unknown>;
  set(name: string, value: unknown): Promise<void>;
  delete(name: string): Promise<void>;
  /** Names that begin with `prefix`, sorted. Opens everything that is kept: some kilobytes. */
  names(prefix?: string): Promise<string[]>;
}

const NONCE_BYTES = 24;

/** A store under keys derived from the seed. */
export function walletStore(db: Database, seed: Uint8Array): WalletStore {
  const sealKey = derive(seed, 'canbao/wallet-values/v1');
  const nameKey = derive(seed, 'canbao/wallet-names/v1');
  const keyOf = (name: string) => bytesToHex(hmac(sha256, nameKey, utf8ToBytes(name)));

  /** The key is bound to the value: one cannot be put in another's place. */
  const seal = (key: string, text: string) => {
    const nonce = systemRandom(NONCE_BYTES);
    const cipher = xchacha20poly1305(sealKey, nonce, utf8ToBytes(key));
    return concatBytes(nonce, cipher.encrypt(utf8ToBytes(text)));
  };
  const open = (key: string, sealed: Uint8Array): [name: string, value: unknown] | undefined => {
    const cipher = xchacha20poly1305(sealKey, sealed.slice(0, NONCE_BYTES), utf8ToBytes(key));
    try {
      return JSON.parse(new TextDecoder().decode(cipher.decrypt(sealed.slice(NONCE_BYTES))));
    } catch {
      return undefined;
    }
  };

  return {
    async get(name) {
      const key = keyOf(name);
      const sealed = await db.get('values', key);
      return sealed && open(key, sealed)?.[1];
    },
    async set(name, value) {
      const key = keyOf(name);
      await db.put('values', seal(key, JSON.stringify([name, value])), key);
    },
    async delete(name) {
      await db.delete('values', keyOf(name));
    },
    async names(prefix = '') {
      const keys = await db.getAllKeys('values');
      const values = await db.getAll('values');
      return values
        .flatMap((sealed, i) => open(keys[i] ?? '', sealed)?.[0] ?? [])
        .filter((name) => name.startsWith(prefix))
        .sort();
    },
  };
}

function derive(seed: Uint8Array, info: string): Uint8Array {
  return hkdf(sha256, seed, undefined, utf8ToBytes(info), 32);
}
