import { addMonths, type MonthIndex, toMonthIndex } from '../core/month.ts';
import type { Coverage } from '../ledger/account.ts';
import { unpackCreditCode } from '../ledger/employer.ts';
import type { EmployerOpening } from '../ledger/employer-account.ts';
import type { AccountOpening } from '../ledger/epoch.ts';
import { type Insurance, insurances } from '../ledger/insurance.ts';
import { countMonths, LEDGER_END, LEDGER_START, type MonthSet } from '../ledger/month-set.ts';

/** Months of one insurance, as a leaf holds them. */
export interface InsuranceMonths {
  readonly insurance: Insurance;
  readonly paid: number;
  /** Of them settled after they were due. */
  readonly late: number;
  readonly lastPaid?: MonthIndex;
}

/** What a person's leaf holds, in numbers a person can compare with their own papers. */
export interface PersonHolding {
  readonly kind: 'person';
  readonly months: readonly InsuranceMonths[];
  /** Month of the last record, paid or not. */
  readonly lastMonth?: MonthIndex;
  /** When the present holder key was enrolled; none where nobody has. */
  readonly keySince?: MonthIndex;
}

/** What an employer's leaf holds. */
export interface EmployerHolding {
  readonly kind: 'employer';
  readonly creditCode: string;
  readonly monthsPaidInFull: number;
  readonly lastPaidInFull?: MonthIndex;
  /** People with a paid contribution in the epoch's month. */
  readonly people: number;
  /** Contributions owed. */
  readonly unpaid: number;
  readonly keySince?: MonthIndex;
}

export type Holding = PersonHolding | EmployerHolding;

/** Sums up what the leaf of an opening commits to. */
export function holdingOf(opening: AccountOpening | EmployerOpening): Holding {
  if ('employer' in opening) return employerHolding(opening);
  const { coverage, months, profile } = opening.account;
  const lastMonth = months.at(-1)?.month;
  return {
    kind: 'person',
    months: insurances.map((insurance, i) => insuranceMonths(insurance, coverage[i])),
    ...(lastMonth !== undefined && { lastMonth }),
    ...keySince(Number(profile.identityMonth)),
  };
}

function employerHolding({ employer }: EmployerOpening): EmployerHolding {
  const { creditCode, paidInFull, headCounts, unpaidMonths, identityMonth } = employer;
  const last = lastOf(paidInFull);
  return {
    kind: 'employer',
    creditCode: unpackCreditCode(creditCode),
    monthsPaidInFull: countMonths(paidInFull, LEDGER_START, LEDGER_END),
    ...(last !== undefined && { lastPaidInFull: last }),
    people: headCounts[0] ?? 0,
    unpaid: unpaidMonths,
    ...keySince(identityMonth),
  };
}

function insuranceMonths(insurance: Insurance, coverage: Coverage | undefined): InsuranceMonths {
  const { paid, late } = coverage ?? { paid: 0n, late: 0n };
  const lastPaid = lastOf(paid);
  return {
    insurance,
    paid: countMonths(paid, LEDGER_START, LEDGER_END),
    late: countMonths(late, LEDGER_START, LEDGER_END),
    ...(lastPaid !== undefined && { lastPaid }),
  };
}

/** The highest month of a set. */
function lastOf(set: MonthSet): MonthIndex | undefined {
  return set === 0n ? undefined : addMonths(LEDGER_START, set.toString(2).length - 1);
}

function keySince(month: number) {
  return month === 0 ? {} : { keySince: toMonthIndex(month) };
}
