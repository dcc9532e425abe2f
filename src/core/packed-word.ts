import { CanbaoError } from './errors/canbao-error.ts';
import { type Fr, toFr } from './field.ts';

/**
 * Fields of a word and their widths in bits, least significant field first.
 * At most 253 bits, so that every word is a canonical field element.
 */
export type WordLayout = Readonly<Record<string, number>>;
/** Values of a layout's fields. Fields wider than 32 bits are bigint like the others. */
export type WordFields<L extends WordLayout> = { readonly [K in keyof L]: bigint };

/** Sum of the widths. @throws RangeError above 253 */
export function layoutBits(layout: WordLayout): number {
  const bits = Object.values(layout).reduce((sum, width) => sum + width, 0);
  if (bits > 253) throw new RangeError(`a word holds 253 bits, not ${bits}`);
  return bits;
}

/**
 * Packs `fields` as `layout` says, first field in the lowest bits.
 * @throws core.out_of_range if a field does not fit its width
 */
export function packWord<L extends WordLayout>(layout: L, fields: WordFields<L>): Fr {
  layoutBits(layout);
  let word = 0n;
  let shift = 0n;
  for (const [name, width] of Object.entries(layout)) {
    const value = fields[name as keyof L];
    const limit = 1n << BigInt(width);
    if (typeof value !== 'bigint' || value < 0n || value >= limit) {
      throw new CanbaoError('core.out_of_range', { what: name, value, min: 0, max: limit - 1n });
    }
    word |= value << shift;
    shift += BigInt(width);
  }
  return toFr(word);
}

/**
 * The inverse of {@link packWord}.
 * @throws core.out_of_range if bits above the layout are set
 */
export function unpackWord<L extends WordLayout>(layout: L, word: bigint): WordFields<L> {
  const bits = layoutBits(layout);
  if (word < 0n || word >> BigInt(bits) !== 0n) {
    throw new CanbaoError('core.out_of_range', {
      what: 'packed word',
      value: word,
      min: 0,
      max: (1n << BigInt(bits)) - 1n,
    });
  }
  const fields: Record<string, bigint> = {};
  let rest = word;
  for (const [name, width] of Object.entries(layout)) {
    fields[name] = rest & ((1n << BigInt(width)) - 1n);
    rest >>= BigInt(width);
  }
  return fields as WordFields<L>;
}
