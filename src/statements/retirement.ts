import { MONTH_BITS, type MonthIndex, monthIndex, toMonthIndex, yearOf } from '../core/month.ts';

/**
 * Retirement rules of the Decision of the NPC Standing Committee of 2024-09-13 (in force
 * 2025-01-01), as the circuit library `pension/` states them for `pension-eligibility@1`.
 */

/** Original retirement age in years, by retirement category: men, women-55, women-50. */
const ORIGINAL_AGES = [60, 55, 50] as const;
const RESIDENT_AGE = 60;
/** n counts months from here: 2025-01 is n = 1. */
const BEFORE_REFORM = monthIndex(2024, 12);

export interface RetirementRule {
  /** 0 men, 1 women-55, 2 women-50. */
  readonly retirementCategory: number;
  /** 0 employees', 1 residents'. */
  readonly scheme: number;
  readonly birthMonth: MonthIndex;
}

export interface RetirementMonths {
  readonly originalMonth: MonthIndex;
  readonly statutoryMonth: MonthIndex;
  /** Flexible early retirement: at most 36 months before, never before the original age. */
  readonly earliestMonth: MonthIndex;
}

/** undefined for a category or scheme this version does not know. */
export function retirementMonths(rule: RetirementRule): RetirementMonths | undefined {
  const originalAge = ORIGINAL_AGES[rule.retirementCategory];
  if (originalAge === undefined || rule.scheme > 1) return undefined;
  const isResident = rule.scheme === 1;
  const original = rule.birthMonth + 12 * (isResident ? RESIDENT_AGE : originalAge);
  const delay = isResident ? 0 : delayMonths(original - BEFORE_REFORM, rule.retirementCategory);
  const statutory = original + delay;
  return {
    originalMonth: atMost(original),
    statutoryMonth: atMost(statutory),
    earliestMonth: atMost(Math.max(statutory - 36, original)),
  };
}

/** Births near the end of 12 bits retire beyond it: no month asked can reach that. */
function atMost(month: number): MonthIndex {
  return toMonthIndex(Math.min(month, 2 ** MONTH_BITS - 1));
}

function delayMonths(monthsIntoReform: number, retirementCategory: number): number {
  if (monthsIntoReform <= 0) return 0;
  return retirementCategory === 2
    ? Math.min(Math.ceil(monthsIntoReform / 2), 60)
    : Math.min(Math.ceil(monthsIntoReform / 4), 36);
}

/** Contribution months needed by who retires in `month`: 180 through 2029, 6 more a year, 240 from 2039. */
export function minimumMonths(month: MonthIndex, scheme: number): number {
  if (scheme === 1) return 180;
  return 180 + 6 * Math.min(Math.max(yearOf(month) - 2029, 0), 10);
}
