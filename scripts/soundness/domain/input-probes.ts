import { FIELD_ORDER, type Fr, toFr } from '../../../src/core/field.ts';
import { SUBGROUP_ORDER } from '../../../src/holder/baby-jubjub.ts';
import type { Random } from '../../../test/support/random.ts';
import type { Element } from './elements.ts';

/** Widths that the product gives anything: masks, positions, months, counts, regions, words. */
const WIDTHS = [1, 3, 5, 6, 10, 12, 13, 16, 20, 32, 45, 52, 90, 167, 192, 253] as const;

/** Probes of one element of an array at one case; over the cases all kinds come up. */
const ARRAY_PROBES = 2;
/** Of the rarer kinds, at one case. */
const RARE_PROBES = 4;

/**
 * Other values for an input: −1 and its like, one past every width and the value moved by as much,
 * neighbours, the negative (an Edwards point's mirror), the value moved by the subgroup's order (a
 * signature's other scalar), and any. Arrays are many elements of one kind, so each gets a few.
 */
export function inputProbes(element: Element, random: Random): Fr[] {
  const { value, isScalar } = element;
  const bit = (width: number) => 1n << BigInt(width);
  const always = [-1n, 0n, 1n, value - 1n, value + 1n, -value, 2n * value, random.bits(253)];
  const rare = [
    ...[value + SUBGROUP_ORDER, SUBGROUP_ORDER, value + bit(128), (FIELD_ORDER - 1n) / 2n],
    ...WIDTHS.flatMap((width) => [bit(width), bit(width) + 1n, value + bit(width)]),
  ];
  const chosen = isScalar
    ? [...always, ...Array.from({ length: RARE_PROBES }, () => random.pick(rare))]
    : Array.from({ length: ARRAY_PROBES }, () => random.pick([...always, ...rare]));
  const reduced = chosen.map((probe) => ((probe % FIELD_ORDER) + FIELD_ORDER) % FIELD_ORDER);
  return [...new Set(reduced)].filter((probe) => probe !== value).map((probe) => toFr(probe));
}
