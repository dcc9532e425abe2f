import type { MonthIndex } from '../../core/month.ts';
import { insurances } from '../insurance.ts';
import { MAX_RUNS, type Run } from '../runs.ts';

/** A paid month of one insurance and where it was paid; place null = nowhere that can have a run. */
export interface PaidMonth {
  readonly month: MonthIndex;
  readonly insurance: number;
  readonly place: bigint | null;
}

/**
 * Runs of places (see {@link Run}): for each insurance the longest stretches from first to last paid
 * month in one place that no paid month of that insurance elsewhere interrupts; then stretches of
 * one place with the same ends become one run. Sorted by `from`; of more than 64 the 64 that end
 * last are kept.
 * @param paid at most one entry a month and insurance, in any order
 */
export function buildRuns(paid: readonly PaidMonth[]): Run[] {
  const stretches = insurances.flatMap((_, insurance) => {
    const months = paid.filter((entry) => entry.insurance === insurance);
    return stretchesOf(months.sort((a, b) => a.month - b.month));
  });
  const runs = new Map<string, Run>();
  for (const { place, from, to, insurance } of stretches) {
    const key = `${place}/${from}/${to}`;
    const insuranceMask = (runs.get(key)?.insuranceMask ?? 0) | (1 << insurance);
    runs.set(key, { place, insuranceMask, from, to });
  }
  return [...runs.values()]
    .sort((a, b) => b.to - a.to || byStart(b, a))
    .slice(0, MAX_RUNS)
    .sort(byStart);
}

/** Of two runs with one start the shorter first, then the smaller place: an order of its own for any set. */
function byStart(a: Run, b: Run): number {
  return a.from - b.from || a.to - b.to || (a.place < b.place ? -1 : a.place > b.place ? 1 : 0);
}

interface Stretch {
  readonly place: bigint;
  readonly insurance: number;
  readonly from: MonthIndex;
  readonly to: MonthIndex;
}

/** @param months of one insurance, ascending */
function stretchesOf(months: readonly PaidMonth[]): Stretch[] {
  const stretches: Stretch[] = [];
  let current: Stretch | undefined;
  for (const { month, insurance, place } of months) {
    if (current && current.place === place) {
      current = { ...current, to: month };
      continue;
    }
    if (current) stretches.push(current);
    current = place === null ? undefined : { place, insurance, from: month, to: month };
  }
  if (current) stretches.push(current);
  return stretches;
}
