import { sha256 } from '@noble/hashes/sha2.js';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { readSections, type Sections, writeSections } from '../bin-file.ts';

/**
 * A compact key is an iden3 binary file of a zkey's own sections in their own order: coefficients and
 * points compressed, the others as they are. One section goes before them: SHA-256 of all that follows
 * these 32 bytes, and SHA-256 of the zkey.
 */
const COMPACT_KEY = { magic: 'ckey', version: 1 } as const;
const INTEGRITY = 0;
const HASH_BYTES = 32;
/** Headers of the file and of its first section, and the first hash. */
const HASHED_FROM = 12 + 12 + HASH_BYTES;

/** Limits that keep a lying file from taking memory: many times what our circuits need. */
export const MAX_POINTS = 2 ** 17;
export const MAX_COEFFICIENTS = 2 ** 20;

/** Whether a file says it is a compact key. */
export function isCompactKey(file: Uint8Array): boolean {
  return String.fromCharCode(...file.subarray(0, 4)) === COMPACT_KEY.magic;
}

/** Sections by a zkey's ids, their integrity not checked. @throws key.bad_file */
export function compactKeySections(file: Uint8Array): Sections {
  const sections = readSections(file, COMPACT_KEY.magic, COMPACT_KEY.version);
  const [first] = sections;
  if (first?.[0] !== INTEGRITY || first[1].length !== 2 * HASH_BYTES) {
    throw badCompactKey('its hashes are missing');
  }
  return new Map([...sections].slice(1));
}

/** @throws key.bad_file also where a byte has changed */
export function openCompactKey(file: Uint8Array): {
  readonly sections: Sections;
  /** SHA-256 of the zkey it was made from. */
  readonly zkeyHash: Uint8Array;
} {
  const sections = compactKeySections(file);
  const found = file.subarray(HASHED_FROM - HASH_BYTES, HASHED_FROM);
  if (!equalBytes(found, sha256(file.subarray(HASHED_FROM)))) {
    throw badCompactKey('its contents do not have the hash it names');
  }
  return { sections, zkeyHash: file.subarray(HASHED_FROM, HASHED_FROM + HASH_BYTES) };
}

/** @param sections of the zkey, in its order, compressed */
export function writeCompactKey(sections: Sections, zkeyHash: Uint8Array): Uint8Array {
  const integrity = new Uint8Array(2 * HASH_BYTES);
  integrity.set(zkeyHash, HASH_BYTES);
  const file = writeSections(COMPACT_KEY.magic, COMPACT_KEY.version, [
    [INTEGRITY, integrity],
    ...sections,
  ]);
  file.set(sha256(file.subarray(HASHED_FROM)), HASHED_FROM - HASH_BYTES);
  return file;
}

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

export function badCompactKey(reason: string): CanbaoError {
  return new CanbaoError('key.bad_file', { kind: 'ckey', reason });
}
