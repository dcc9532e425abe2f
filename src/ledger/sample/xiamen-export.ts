import { formatMonth, type MonthIndex, toMonthIndex } from '../../core/month.ts';
import { yyyymmdd } from './numbers.ts';
import type { SampleMonth, SamplePerson } from './person.ts';

/** One row a person, insurance and month; names of LD/T 92 where it has one. */
export const xiamenContributionColumns = [
  'AAC002',
  'AAC003',
  'AAB301',
  'BAB010',
  'AAC066',
  'AAE140',
  'AAE003',
  'AAE002',
  'AAE180',
  'AAE078',
] as const;

export const xiamenPersonColumns = [
  'AAC002',
  'AAC003',
  'AAC004',
  'AAC006',
  'AAC031',
  'AAE200',
  'EAC065',
  'TXLB',
  'XZLB',
  'DYKSNY',
  'SYLQYS',
  'SYZZNY',
  'JYZZNY',
  'JYZZYY',
] as const;

/** AAE140 by insurance index. */
const INSURANCE_CODES = ['110', '310', '210', '410', '510'];
/** AAC066 by category. */
const CATEGORY_CODES = ['11', '21', '31'];

const yyyymm = (month: MonthIndex) => formatMonth(month).replace('-', '');
const optionalMonth = (month: number) => (month === 0 ? '' : yyyymm(toMonthIndex(month)));

export function xiamenContributionRows(person: SamplePerson, month: SampleMonth): string[][] {
  return month.owed.map((insurance) => {
    const unpaid = month.unpaid.includes(insurance);
    return [
      person.idNumber,
      person.name,
      month.region,
      month.employer ?? '',
      CATEGORY_CODES[month.category] ?? '',
      INSURANCE_CODES[insurance] ?? '',
      yyyymm(month.month),
      unpaid || month.settled === null ? '' : yyyymm(month.settled),
      month.baseYuan,
      unpaid ? '0' : '1',
    ];
  });
}

export function xiamenPersonRow({ idNumber, name, male, birth, facts }: SamplePerson): string[] {
  return [
    idNumber,
    name,
    male ? '1' : '2',
    yyyymmdd(birth),
    String(facts.status + 1),
    String(facts.deemedMonths),
    facts.specialTradeMonths === 0 ? '' : String(facts.specialTradeMonths),
    String(facts.retirementCategory + 1),
    facts.scheme === 0 ? '1' : '2',
    optionalMonth(facts.pensionSince),
    String(facts.unemploymentClaimedMonths),
    optionalMonth(facts.lastUnemploymentClaimEnd),
    optionalMonth(facts.lastTermination),
    ['', '01', '02', '03', '09'][facts.lastTerminationReason] ?? '',
  ];
}
