import { addMonths, type MonthIndex, yearOf } from '../../core/month.ts';
import { SAMPLE_END, type SampleMonth, type Spell } from './person.ts';
import type { Random } from './random.ts';

/** Insurance indices by category: employee all five, flexible worker and resident two. */
const OWED: readonly (readonly number[])[] = [
  [0, 1, 2, 3, 4],
  [0, 1],
  [0, 1],
];

/** A stretch settled all at once, later. */
export interface BackPayment {
  readonly from: MonthIndex;
  readonly to: MonthIndex;
  readonly settled: MonthIndex;
}

/** A local average monthly wage in yuan: invented, growing 7.8 % a year from 1800 in 2004. */
function averageWage(year: number): number {
  return Math.round(1800 * 1.078 ** (year - 2004));
}

/** Bases hold from July to June. `wage` is the person's share of the average, kept within 60–300 %. */
function baseYuan(month: MonthIndex, wage: number): string {
  const year = month % 12 >= 6 ? yearOf(month) : yearOf(month) - 1;
  return (averageWage(year) * Math.min(Math.max(wage, 0.6), 3)).toFixed(2);
}

/** The months of a spell as the books show them. */
export function spellMonths(
  { from, to, ...place }: Spell,
  wage: number,
  backPayments: readonly BackPayment[],
  unpaidMonths: ReadonlySet<MonthIndex>,
): SampleMonth[] {
  const owed = OWED[place.category] ?? [];
  return Array.from({ length: to - from + 1 }, (_, i) => {
    const month = addMonths(from, i);
    const late = backPayments.find((some) => some.from <= month && month <= some.to);
    const unpaid = unpaidMonths.has(month);
    const settled = unpaid ? null : (late?.settled ?? month);
    return {
      ...place,
      month,
      settled,
      baseYuan: baseYuan(month, wage),
      owed,
      unpaid: unpaid ? owed : [],
    };
  });
}

/** Some spells were in arrears for a while and settled in one go, or not yet. */
export function drawArrears(
  random: Random,
  { from, to }: Spell,
): { backPayments: BackPayment[]; unpaidMonths: Set<MonthIndex> } {
  const backPayments: BackPayment[] = [];
  const unpaidMonths = new Set<MonthIndex>();
  const length = to - from + 1;
  if (length >= 12 && random.chance(0.25)) {
    const start = addMonths(from, random.int(0, length - 8));
    const end = addMonths(start, random.int(0, 6));
    const settled = addMonths(end, random.int(1, 9));
    if (settled <= SAMPLE_END) backPayments.push({ from: start, to: end, settled });
  }
  if (length >= 6 && random.chance(0.08)) {
    unpaidMonths.add(addMonths(from, random.int(0, length - 1)));
  }
  return { backPayments, unpaidMonths };
}
