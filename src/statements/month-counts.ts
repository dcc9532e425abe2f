import type { MonthIndex } from '../core/month.ts';
import { LEDGER_MONTHS, LEDGER_START, type MonthSet } from '../ledger/month-set.ts';

/** How many months from `from` to `to`, both included; months outside the ledger count as absent. */
export type MonthCounts = (from: number, to: number) => number;

/**
 * Counts in a set as it would be if every month after `epochMonth` were in it, or none. One pass
 * over the ledger's 768 months, and each count after that is a subtraction.
 */
export function monthCounts(
  set: MonthSet,
  epochMonth: MonthIndex,
  isPaidAfter: boolean,
): MonthCounts {
  const bits = set.toString(2);
  const before = new Uint16Array(LEDGER_MONTHS + 1);
  for (let i = 0; i < LEDGER_MONTHS; i++) {
    const isIn =
      LEDGER_START + i > epochMonth ? isPaidAfter : bits.charAt(bits.length - 1 - i) === '1';
    before[i + 1] = (before[i] ?? 0) + (isIn ? 1 : 0);
  }
  const place = (month: number) =>
    before[Math.min(Math.max(month - LEDGER_START, 0), LEDGER_MONTHS)] ?? 0;
  return (from, to) => Math.max(place(to + 1) - place(from), 0);
}
