import type { Clock } from './clock.ts';
import { CanbaoError } from './errors/canbao-error.ts';
import type { Brand } from './field.ts';

/** Months since 1900-01 (1900-01 is 0, 2026-10 is 1521). 12 bits, so up to 2241-04. */
export type MonthIndex = Brand<number, 'MonthIndex'>;

/** 12 bits hold it. */
export const MONTH_BITS = 12;
const LAST_MONTH = 2 ** MONTH_BITS - 1;

/** @throws core.out_of_range */
export function toMonthIndex(value: number, what = 'month'): MonthIndex {
  if (!Number.isInteger(value) || value < 0 || value > LAST_MONTH) {
    throw new CanbaoError('core.out_of_range', { what, value, min: 0, max: LAST_MONTH });
  }
  return value as MonthIndex;
}

/**
 * @param month 1 to 12
 * @throws core.out_of_range
 */
export function monthIndex(year: number, month: number): MonthIndex {
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw new CanbaoError('core.out_of_range', { what: 'month', value: month, min: 1, max: 12 });
  }
  return toMonthIndex((year - 1900) * 12 + month - 1);
}

/** `2026-10` → 1521. @throws core.bad_month */
export function parseMonth(text: string): MonthIndex {
  const match = /^(\d{4})-(\d{2})$/.exec(text);
  const month = Number(match?.[2]);
  if (!match || month < 1 || month > 12 || Number(match[1]) < 1900) {
    throw new CanbaoError('core.bad_month', { value: text });
  }
  return monthIndex(Number(match[1]), month);
}

/** 1521 → `2026-10`. */
export function formatMonth(month: MonthIndex): string {
  return `${yearOf(month)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

/** Calendar year of a month. */
export function yearOf(month: MonthIndex): number {
  return 1900 + Math.floor(month / 12);
}

/** `count` months later (earlier where negative). @throws core.out_of_range */
export function addMonths(month: MonthIndex, count: number): MonthIndex {
  return toMonthIndex(month + count);
}

/** The calendar month a date falls in, in China (UTC+8, where records are kept). */
export function monthOfDate(date: Date): MonthIndex {
  const local = new Date(date.getTime() + 8 * 3_600_000);
  return monthIndex(local.getUTCFullYear(), local.getUTCMonth() + 1);
}

/** The month it is in China. Ask again: a service outlives the month it was started in. */
export function presentMonth(clock: Clock): MonthIndex {
  return monthOfDate(new Date(clock() * 1000));
}
