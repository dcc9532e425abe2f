import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { base64urlnopad } from '@scure/base';
import type { RandomBytes } from '../core/random.ts';

/** A name nobody guesses: 128 bits, 22 characters. */
export function newId(random: RandomBytes): string {
  return base64urlnopad.encode(random(16));
}

/** A secret that is handed out once and kept as its hash: 256 bits, 43 characters. */
export function newToken(random: RandomBytes): string {
  return base64urlnopad.encode(random(32));
}

/** What is kept of a token. Tokens are random, so a plain hash tells nothing. */
export function tokenHash(token: string): Uint8Array {
  return sha256(utf8ToBytes(token));
}
