import { monthIndex, parseMonth } from '../../core/month.ts';
import { type PersonFacts, unknownFacts } from '../record.ts';
import { type BackPayment, spellMonths } from './months.ts';
import { type BirthDate, sampleIdNumber, sampleName } from './numbers.ts';
import { type Bureau, districts, type SamplePerson, type Spell } from './person.ts';
import type { Random } from './random.ts';
import type { Employers } from './random-person.ts';

interface Script {
  readonly role: string;
  readonly birth: BirthDate;
  readonly male: boolean;
  readonly wage: number;
  readonly facts?: Partial<PersonFacts>;
  /** `[bureau, employer's number or 'flexible', first month, last month]`. */
  readonly spells: readonly (readonly [Bureau, number | 'flexible', string, string])[];
  /** `[first month, last month, settled]`. */
  readonly backPaid?: readonly (readonly [string, string, string])[];
}

/**
 * People every sample begins with, one a use that a demonstration shows. Their months are fixed;
 * only names and numbers are drawn.
 */
export const scripts: readonly Script[] = [
  {
    // Reached 60 in 2023-05, before the reform delays anyone; 233 months.
    role: 'pension-ready',
    birth: { year: 1963, month: 5, day: 17 },
    male: true,
    wage: 1.1,
    facts: { status: 1, lastTermination: parseMonth('2023-05'), lastTerminationReason: 3 },
    spells: [
      ['xiamen', 0, '2004-01', '2011-12'],
      ['xiamen', 1, '2012-01', '2023-05'],
    ],
  },
  {
    // Reached 60 in 2024-08, with 163 of 180 months and no deemed ones.
    role: 'pension-short',
    birth: { year: 1964, month: 8, day: 2 },
    male: true,
    wage: 0.8,
    facts: { status: 1 },
    spells: [['xiamen', 2, '2011-02', '2024-08']],
  },
  {
    // One employer in Xiamen with all insurances up to the last month.
    role: 'steady-employee',
    birth: { year: 1991, month: 3, day: 9 },
    male: false,
    wage: 1.6,
    facts: { retirementCategory: 1 },
    spells: [['xiamen', 3, '2019-03', '2026-10']],
  },
  {
    role: 'moved-cities',
    birth: { year: 1988, month: 11, day: 23 },
    male: true,
    wage: 1.3,
    facts: { lastTermination: parseMonth('2018-06'), lastTerminationReason: 2 },
    spells: [
      ['fuzhou', 0, '2012-07', '2018-06'],
      ['xiamen', 4, '2018-07', '2026-10'],
    ],
  },
  {
    // More than 84 consecutive months of all five, 3 of them back-paid.
    role: 'points-settlement',
    birth: { year: 1985, month: 6, day: 30 },
    male: false,
    wage: 2.2,
    facts: { retirementCategory: 1 },
    spells: [['xiamen', 5, '2016-09', '2026-10']],
    backPaid: [['2020-02', '2020-04', '2020-07']],
  },
  {
    // As long, but 9 back-paid: more than points settlement allows.
    role: 'back-paid',
    birth: { year: 1984, month: 1, day: 12 },
    male: true,
    wage: 1.0,
    spells: [['xiamen', 6, '2016-01', '2026-10']],
    backPaid: [['2021-03', '2021-11', '2022-01']],
  },
  {
    role: 'flexible-worker',
    birth: { year: 1979, month: 9, day: 5 },
    male: false,
    wage: 0.6,
    facts: { retirementCategory: 2 },
    spells: [['fuzhou', 'flexible', '2013-04', '2026-10']],
  },
  {
    // Dismissed in 2026-06 after more than five years, nothing claimed before.
    role: 'dismissed',
    birth: { year: 1993, month: 7, day: 19 },
    male: true,
    wage: 1.2,
    facts: { status: 1, lastTermination: parseMonth('2026-06'), lastTerminationReason: 1 },
    spells: [['fuzhou', 1, '2020-03', '2026-06']],
  },
  {
    role: 'pensioner',
    birth: { year: 1962, month: 2, day: 8 },
    male: false,
    wage: 0.9,
    facts: {
      status: 2,
      retirementCategory: 1,
      deemedMonths: 96,
      pensionSince: parseMonth('2017-03'),
      lastTermination: parseMonth('2017-02'),
      lastTerminationReason: 3,
    },
    spells: [['fuzhou', 2, '2004-01', '2017-02']],
  },
];

/** A scripted person. */
export function knownPerson(random: Random, employers: Employers, script: Script): SamplePerson {
  const { birth, male, wage } = script;
  const backPayments = (script.backPaid ?? []).map(
    ([from, to, settled]): BackPayment => ({
      from: parseMonth(from),
      to: parseMonth(to),
      settled: parseMonth(settled),
    }),
  );
  const spells = script.spells.map(([bureau, employer, from, to]): Spell => {
    const span = { bureau, from: parseMonth(from), to: parseMonth(to) };
    const [code, region] = employer === 'flexible' ? [] : (employers[bureau][employer] ?? []);
    if (code === undefined || region === undefined) {
      return { ...span, region: districts[bureau][0]?.[0] ?? '', employer: null, category: 1 };
    }
    return { ...span, region, employer: code, category: 0 };
  });
  const home = spells.at(-1)?.bureau ?? 'xiamen';
  return {
    idNumber: sampleIdNumber(random, random.pick(districts[home])[0], birth, male),
    name: sampleName(random),
    male,
    birth,
    home,
    months: spells.flatMap((spell) => spellMonths(spell, wage, backPayments, new Set())),
    facts: {
      ...unknownFacts,
      birthMonth: monthIndex(birth.year, birth.month),
      sex: male ? 1 : 0,
      ...script.facts,
    },
  };
}
