import type { Params } from '../../../../../src/statements/statement-text.ts';
import type { Shown } from './shown.ts';

/** Where an average base lies, both ends included. */
export interface BaseBand {
  readonly minFen: bigint;
  /** Undefined: no upper end. */
  readonly maxFen: bigint | undefined;
  /** Whether all answers were of the same months; else the base may have changed between them. */
  readonly isExact: boolean;
}

/** Params have this where there is no upper end. */
const NO_END = 2n ** 32n - 1n;
/** A band of a twentieth of its end is as good as the figure. */
const NARROW_PARTS = 20n;

/** Whether a band alone gives the base away. */
export function tellsBase({ minBaseFen = 0n, maxBaseFen = NO_END }: Params): boolean {
  return maxBaseFen < NO_END && (maxBaseFen - minBaseFen) * NARROW_PARTS <= maxBaseFen;
}

/**
 * What several bands say together; undefined where that is no more than the newest says, or where
 * they exclude each other, for the base changed.
 * @param shown the newest first
 */
export function joinBands(shown: readonly Shown[]): BaseBand | undefined {
  const bands = shown.map(({ request: { params } }) => ({
    min: params.minBaseFen ?? 0n,
    max: params.maxBaseFen ?? NO_END,
  }));
  const [now] = bands;
  if (!now) return undefined;
  const min = bands.reduce((most, band) => (band.min > most ? band.min : most), 0n);
  const max = bands.reduce((least, band) => (band.max < least ? band.max : least), NO_END);
  const isNarrower = min > now.min || max < now.max;
  if (!isNarrower || min > max) return undefined;
  const months = new Set(shown.map(({ month, request }) => `${month} ${request.params.months}`));
  return { minFen: min, maxFen: max === NO_END ? undefined : max, isExact: months.size === 1 };
}
