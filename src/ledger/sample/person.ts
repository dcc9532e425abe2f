import { type MonthIndex, monthIndex } from '../../core/month.ts';
import type { PersonFacts } from '../record.ts';
import type { BirthDate } from './numbers.ts';

/** The sample's last month: the one the demo closes. */
export const SAMPLE_END: MonthIndex = monthIndex(2026, 10);
/** Its first month. */
export const SAMPLE_START: MonthIndex = monthIndex(2004, 1);

export type Bureau = 'xiamen' | 'fuzhou';

/** Districts of each bureau's city (GB/T 2260), as their exports name them. */
export const districts: Readonly<
  Record<Bureau, readonly (readonly [code: string, name: string])[]>
> = {
  xiamen: [
    ['350203', '思明区'],
    ['350205', '海沧区'],
    ['350206', '湖里区'],
    ['350211', '集美区'],
    ['350212', '同安区'],
    ['350213', '翔安区'],
  ],
  fuzhou: [
    ['350102', '鼓楼区'],
    ['350103', '台江区'],
    ['350104', '仓山区'],
    ['350105', '马尾区'],
    ['350111', '晋安区'],
    ['350112', '长乐区'],
  ],
};

/** Unbroken work in one place, before back-payments and arrears are drawn. */
export interface Spell {
  readonly bureau: Bureau;
  readonly region: string;
  /** Credit code; null for flexible workers and residents. */
  readonly employer: string | null;
  /** Index into `categories`. */
  readonly category: number;
  readonly from: MonthIndex;
  readonly to: MonthIndex;
}

/** One month of one person, in one bureau's books. */
export interface SampleMonth extends Omit<Spell, 'from' | 'to'> {
  readonly month: MonthIndex;
  /** Null while nothing of the month is paid. */
  readonly settled: MonthIndex | null;
  /** `6543.00`. */
  readonly baseYuan: string;
  /** Insurance indices that are owed. */
  readonly owed: readonly number[];
  /** Those of them that are not paid. */
  readonly unpaid: readonly number[];
}

/** An invented person and all that the bureaus hold of them. */
export interface SamplePerson {
  readonly idNumber: string;
  readonly name: string;
  readonly male: boolean;
  readonly birth: BirthDate;
  readonly facts: PersonFacts;
  readonly months: readonly SampleMonth[];
  /** The bureau that keeps the person's facts: the one of the last month. */
  readonly home: Bureau;
}
