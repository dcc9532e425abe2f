import type { Fen } from '../../../../src/core/money.ts';
import { type MonthIndex, monthIndex, toMonthIndex, yearOf } from '../../../../src/core/month.ts';
import type { Account, MonthEntry } from '../../../../src/ledger/account.ts';
import { hasMonth, LEDGER_END, LEDGER_START } from '../../../../src/ledger/month-set.ts';

/** `gap`: not paid, between the first and the last month that were; `outside`: before or after. */
export type MonthKind = 'paid' | 'late' | 'gap' | 'outside';

export interface MonthCell {
  readonly month: MonthIndex;
  readonly kind: MonthKind;
  /** What the ledger keeps of the month, whatever the insurance. */
  readonly entry?: MonthEntry;
}

/** One insurance, month by month. */
export interface InsurancePicture {
  /** One row a year, 12 cells each. */
  readonly years: readonly { readonly year: number; readonly cells: readonly MonthCell[] }[];
  readonly paid: number;
  readonly late: number;
  readonly gaps: number;
  readonly first?: MonthIndex;
  readonly last?: MonthIndex;
}

/**
 * @param insurance index in the account's coverage
 * @param epochMonth the record ends there
 */
export function pictureOf(
  account: Account,
  insurance: number,
  epochMonth: MonthIndex,
): InsurancePicture {
  const { paid, late } = account.coverage[insurance] ?? { paid: 0n, late: 0n };
  const paidMonths = ledgerMonths().filter((month) => hasMonth(paid, month));
  const [first, last] = [paidMonths[0], paidMonths.at(-1)];
  const entries = new Map(account.months.map((entry) => [entry.month, entry]));
  const kindOf = (month: MonthIndex): MonthKind => {
    if (hasMonth(late, month)) return 'late';
    if (hasMonth(paid, month)) return 'paid';
    const isBetween = first !== undefined && last !== undefined && month > first && month < last;
    return isBetween ? 'gap' : 'outside';
  };
  const [fromYear, toYear] = yearsOf(account, epochMonth);
  const years = Array.from({ length: Math.max(0, toYear - fromYear + 1) }, (_, row) => {
    const year = fromYear + row;
    const cells = Array.from({ length: 12 }, (_, i): MonthCell => {
      const month = monthIndex(year, i + 1);
      const entry = entries.get(month);
      return { month, kind: kindOf(month), ...(entry && { entry }) };
    });
    return { year, cells };
  });
  const count = (kind: MonthKind) =>
    years.reduce((sum, { cells }) => sum + cells.filter((cell) => cell.kind === kind).length, 0);
  return {
    ...{ years, paid: paidMonths.length, late: count('late'), gaps: count('gap') },
    ...(first !== undefined && { first }),
    ...(last !== undefined && { last }),
  };
}

/** The same rows whatever the insurance: from the first month on record to the last. */
function yearsOf({ months, coverage }: Account, epochMonth: MonthIndex): [number, number] {
  const all = coverage.reduce((set, { paid }) => set | paid, 0n);
  const paid = ledgerMonths().filter((month) => hasMonth(all, month));
  const known = [...paid, ...months.map(({ month }) => month)];
  if (known.length === 0) return [yearOf(epochMonth), yearOf(epochMonth) - 1];
  return [yearOf(toMonthIndex(Math.min(...known))), yearOf(toMonthIndex(Math.max(...known)))];
}

function ledgerMonths(): MonthIndex[] {
  return Array.from({ length: LEDGER_END - LEDGER_START + 1 }, (_, i) =>
    toMonthIndex(LEDGER_START + i),
  );
}

/** Months in a row with one base. */
export interface BaseStep {
  readonly from: MonthIndex;
  readonly to: MonthIndex;
  readonly baseFen: Fen;
}

/** The base over time; a month that is not on record ends a step. */
export function baseSteps(months: readonly MonthEntry[]): readonly BaseStep[] {
  const steps: BaseStep[] = [];
  for (const { month, baseFen } of months) {
    const last = steps.at(-1);
    if (last && last.baseFen === baseFen && last.to + 1 === month) {
      steps[steps.length - 1] = { ...last, to: month };
    } else {
      steps.push({ from: month, to: month, baseFen });
    }
  }
  return steps;
}
