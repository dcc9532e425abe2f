import { sha256 } from '@noble/hashes/sha2.js';
import { readSections } from '../bin-file.ts';
import type { Group } from '../engine/kernel.ts';
import { provingKeyPartsOf } from '../zkey.ts';
import { ZKEY, ZKEY_SECTION } from '../zkey-sections.ts';
import { encodeCoefficients } from './coefficients.ts';
import { decodeCompactKey, groupOf, POINT_SECTIONS } from './decode.ts';
import { writeCompactKey } from './format.ts';
import { pointEncoder } from './points.ts';

/**
 * A zkey in a fifth of its size. It is decoded once to see that the zkey comes back.
 * @throws key.bad_file for a file that is no zkey, or one that would not come back: a point not on
 * its curve, a coordinate not below its prime, or more than 2^17 wires
 */
export async function encodeCompactKey(zkey: Uint8Array): Promise<Uint8Array> {
  const file = compressZkey(zkey);
  await decodeCompactKey(file);
  return file;
}

/** What {@link encodeCompactKey} gives, unchecked. @throws key.bad_file */
export function compressZkey(zkey: Uint8Array): Uint8Array {
  const sections = readSections(zkey, ZKEY.magic, ZKEY.version);
  provingKeyPartsOf(sections);
  const compact = new Map(sections);
  const replace = (id: number, encode: (bytes: Uint8Array) => Uint8Array) => {
    compact.set(id, encode(sections.get(id) ?? new Uint8Array()));
  };
  const encoders: Record<Group, (bytes: Uint8Array) => Uint8Array> = {
    1: pointEncoder(1),
    2: pointEncoder(2),
  };
  for (const name of POINT_SECTIONS) replace(ZKEY_SECTION[name], encoders[groupOf(name)]);
  replace(ZKEY_SECTION.coefficients, encodeCoefficients);
  return writeCompactKey(compact, sha256(zkey));
}
