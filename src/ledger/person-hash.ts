import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Brand } from '../core/field.ts';
import type { IdNumber } from './id-number.ts';

/**
 * 32 bytes that stand for a person in the store. ID numbers have too little entropy for a plain
 * hash to hide them, so the hash is keyed; the key (pepper) never enters the database.
 */
export type PersonHash = Brand<Uint8Array, 'PersonHash'>;
/** 32 random bytes, kept apart from the database. */
export type Pepper = Brand<Uint8Array, 'Pepper'>;

/** @throws ledger.bad_pepper */
export function toPepper(bytes: Uint8Array): Pepper {
  if (bytes.length !== 32) throw new CanbaoError('ledger.bad_pepper');
  return bytes as Pepper;
}

/** HMAC-SHA256(pepper, domain ‖ text). */
function keyedHash(pepper: Pepper, domain: string, text: string): Uint8Array {
  return hmac(sha256, pepper, utf8ToBytes(prefix(domain) + text));
}

const prefix = (domain: string) => `canbao/${domain}/v1:`;

export function personHash(pepper: Pepper, id: IdNumber): PersonHash {
  return keyedHash(pepper, 'person', id) as PersonHash;
}

/** {@link personHash} of many with one pepper, whose part is worked out once. */
export function personHasher(pepper: Pepper): (id: IdNumber) => PersonHash {
  const begun = hmac.create(sha256, pepper).update(utf8ToBytes(prefix('person')));
  return (id) => begun.clone().update(utf8ToBytes(id)).digest() as PersonHash;
}

/** Lets a bureau find a refused row again in its own file; says nothing to anyone else. */
export function rowHash(pepper: Pepper, cells: readonly string[]): Uint8Array {
  return keyedHash(pepper, 'row', JSON.stringify(cells));
}

/** Kept in the store so that a wrong pepper is noticed before it makes everyone a stranger. */
export function pepperCheck(pepper: Pepper): Uint8Array {
  return keyedHash(pepper, 'check', '');
}
