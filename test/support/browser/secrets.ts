import { bytesToHex } from '@noble/hashes/utils.js';
import type { HolderBundle } from '../../../src/holder/bundle.ts';
import type { HolderKeys } from '../../../src/holder/keys.ts';

/** Shorter numbers occur by chance, in a port or a version. */
const SHORTEST_NUMBER = 6;

/** Texts that betray a holder: phrase and each word of it, keys, every long value of the bundle. */
export function secretTexts(
  mnemonic: string,
  { scalar, nullifierKey, noncePrefix, publicKey }: HolderKeys,
  { format: _, ...bundle }: HolderBundle,
): string[] {
  const numbers = [scalar, nullifierKey, publicKey.x, publicKey.y];
  const texts = [
    ...numbers.flatMap((value) => [String(value), value.toString(16)]),
    bytesToHex(noncePrefix),
    ...leaves(bundle),
  ].filter((text) => text.length >= SHORTEST_NUMBER);
  return [...new Set([mnemonic, ...mnemonic.split(' '), ...texts])];
}

/** Strings and numbers anywhere in a JSON value; hexadecimal ones in decimal as well. */
function leaves(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves);
  const text = String(value);
  return text.startsWith('0x') ? [text.slice(2), String(BigInt(text))] : [text];
}
