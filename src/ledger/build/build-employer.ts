import { type MonthIndex, toMonthIndex } from '../../core/month.ts';
import { type CreditCode, packCreditCode } from '../employer.ts';
import {
  type EmployerAccount,
  HEAD_COUNT_MONTHS,
  MAX_HEAD_COUNT,
  type OwedMonth,
} from '../employer-account.ts';
import { isLedgerMonth, type MonthSet, monthBit } from '../month-set.ts';

export interface EmployerInput {
  readonly creditCode: CreditCode;
  /** One entry a month with any record, in any order. */
  readonly months: readonly OwedMonth[];
  /** When the present holder key was enrolled; 0 = nobody has. */
  readonly identityMonth: number;
}

/**
 * An employer's standing as a leaf commits to it, as of month `asOf`: what was owed later does not
 * exist yet.
 */
export function buildEmployer(input: EmployerInput, asOf: MonthIndex): EmployerAccount {
  const months = input.months.filter(({ month }) => month <= asOf);
  const people = new Map(months.map((owed) => [asOf - owed.month, owed.people]));
  return {
    creditCode: packCreditCode(input.creditCode),
    identityMonth: toMonthIndex(input.identityMonth),
    paidInFull: months
      .filter(({ month, unpaid }) => unpaid === 0 && isLedgerMonth(month))
      .reduce<MonthSet>((set, { month }) => set | monthBit(month), 0n),
    headCounts: Array.from({ length: HEAD_COUNT_MONTHS }, (_, monthsAgo) =>
      Math.min(people.get(monthsAgo) ?? 0, MAX_HEAD_COUNT),
    ),
    unpaidMonths: months.reduce((sum, { unpaid }) => sum + unpaid, 0),
  };
}
