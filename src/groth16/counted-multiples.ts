import type { FixedBase } from './fixed-base.ts';

/** `base.multiples`, telling how far the whole is. @param cost of a point: one in G2 counts as three */
export type CountedMultiples = (
  base: FixedBase,
  scalars: readonly bigint[],
  cost?: number,
) => Promise<Uint8Array>;

/**
 * Counts multiples made one after another against a total.
 * @param onProgress share of the whole, 0 to 1
 */
export function countedMultiples(
  total: number,
  onProgress: (share: number) => void,
): CountedMultiples {
  let done = 0;
  return async (base, scalars, cost = 1) => {
    const before = done;
    const points = base.multiples(scalars, (count) => {
      done = before + cost * count;
      onProgress(done / total);
    });
    await new Promise((resolve) => setTimeout(resolve)); // let a screen or a signal through
    return points;
  };
}
