import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type Fr, toFr } from '../core/field.ts';
import { type MonthIndex, monthIndex, toMonthIndex } from '../core/month.ts';

/** Months from 1990-01 to 2053-12 as bits: bit k is month `LEDGER_START + k`. */
export type MonthSet = bigint;

/** 1990-01: the first month a coverage bit stands for. */
export const LEDGER_START: MonthIndex = monthIndex(1990, 1);
/** 64 years. */
export const LEDGER_MONTHS = 768;
/** 2053-12. */
export const LEDGER_END: MonthIndex = toMonthIndex(LEDGER_START + LEDGER_MONTHS - 1);
export const COVERAGE_WORDS = 4;
export const WORD_MONTHS = 192;

/** Whether coverage bits reach this month. */
export function isLedgerMonth(month: MonthIndex): boolean {
  return month >= LEDGER_START && month <= LEDGER_END;
}

/** The bit of one month. @throws core.out_of_range outside 1990-01..2053-12 */
export function monthBit(month: MonthIndex): MonthSet {
  if (!isLedgerMonth(month)) {
    throw new CanbaoError('core.out_of_range', {
      what: 'ledger month',
      value: month,
      min: LEDGER_START,
      max: LEDGER_END,
    });
  }
  return 1n << BigInt(month - LEDGER_START);
}

export function hasMonth(set: MonthSet, month: MonthIndex): boolean {
  return isLedgerMonth(month) && ((set >> BigInt(month - LEDGER_START)) & 1n) === 1n;
}

/** How many months of `set` lie in [from, to]; months beyond the ledger's span count as absent. */
export function countMonths(set: MonthSet, from: MonthIndex, to: MonthIndex): number {
  let count = 0;
  for (let month = Math.max(from, LEDGER_START); month <= Math.min(to, LEDGER_END); month++) {
    if (hasMonth(set, month as MonthIndex)) count++;
  }
  return count;
}

/** `Fr[4]`: 192 months a word, earliest month in the lowest bit of the first. @throws core.out_of_range */
export function monthSetWords(set: MonthSet): Fr[] {
  if (set < 0n || set >> BigInt(LEDGER_MONTHS) !== 0n) {
    throw new CanbaoError('core.out_of_range', {
      what: 'month set',
      value: 'more than 768 months',
      min: 0,
      max: LEDGER_MONTHS,
    });
  }
  const mask = (1n << BigInt(WORD_MONTHS)) - 1n;
  return Array.from({ length: COVERAGE_WORDS }, (_, i) =>
    toFr((set >> BigInt(i * WORD_MONTHS)) & mask),
  );
}
