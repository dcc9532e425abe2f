import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { RandomBytes } from '../core/random.ts';

/** Encrypts what must lie in the database for a while and be read by no one who steals it. */
export interface Seal {
  seal(plain: Uint8Array): Uint8Array;
  /** @throws service.unsealable */
  open(sealed: Uint8Array): Uint8Array;
}

const NONCE_BYTES = 24;

/** XChaCha20-Poly1305 with a random nonce in front. @param key 32 bytes, kept outside the database */
export function sealWith(key: Uint8Array, random: RandomBytes): Seal {
  return {
    seal(plain) {
      const nonce = random(NONCE_BYTES);
      return concatBytes(nonce, xchacha20poly1305(key, nonce).encrypt(plain));
    },
    open(sealed) {
      try {
        const nonce = sealed.subarray(0, NONCE_BYTES);
        return xchacha20poly1305(key, nonce).decrypt(sealed.subarray(NONCE_BYTES));
      } catch (cause) {
        throw new CanbaoError('service.unsealable', {}, cause);
      }
    },
  };
}
