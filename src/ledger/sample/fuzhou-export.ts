import { formatMonth, type MonthIndex, toMonthIndex } from '../../core/month.ts';
import { insurances } from '../insurance.ts';
import { districts, type SampleMonth, type SamplePerson } from './person.ts';

/** One row a person and month, one status column an insurance, one settled month for all. */
export const fuzhouContributionColumns = [
  '身份证号',
  '姓名',
  '参保区县',
  '单位信用代码',
  '人员类别',
  '所属期',
  '到账期',
  '缴费基数',
  '养老',
  '医疗',
  '失业',
  '工伤',
  '生育',
] as const;

export const fuzhouPersonColumns = [
  'ID',
  'Name',
  'Sex',
  'BirthDate',
  'RetirementType',
  'Scheme',
  'Status',
  'DeemedMonths',
  'SpecialTradeMonths',
  'PensionFrom',
  'UnemploymentMonthsClaimed',
  'UnemploymentClaimEnd',
  'LastTermination',
  'TerminationReason',
] as const;

const CATEGORIES = ['职工', '灵活就业', '居民'];
const STATUSES = ['在职', '中断', '退休', '终止'];
const RETIREMENT = ['M60', 'F55', 'F50'];
const REASONS = ['-', 'DISMISSED', 'RESIGNED', 'RETIRED', 'OTHER'];

const chineseMonth = (month: MonthIndex) => formatMonth(month).replace(/(.*)-(.*)/, '$1年$2月');
const optionalMonth = (month: number) =>
  month === 0 ? '-' : `${formatMonth(toMonthIndex(month))}-01`;

export function fuzhouContributionRow(person: SamplePerson, month: SampleMonth): string[] {
  const district = districts.fuzhou.find(([code]) => code === month.region);
  return [
    person.idNumber,
    person.name,
    district?.[1] ?? '',
    month.employer ?? '/',
    CATEGORIES[month.category] ?? '',
    chineseMonth(month.month),
    month.settled === null ? '' : chineseMonth(month.settled),
    month.baseYuan,
    ...insurances.map((_, insurance) => {
      if (!month.owed.includes(insurance)) return '未参保';
      return month.unpaid.includes(insurance) ? '欠缴' : '已缴';
    }),
  ];
}

export function fuzhouPersonRow({ idNumber, name, male, birth, facts }: SamplePerson): string[] {
  const two = (value: number) => String(value).padStart(2, '0');
  return [
    idNumber,
    name,
    male ? 'M' : 'F',
    `${birth.year}-${two(birth.month)}-${two(birth.day)}`,
    RETIREMENT[facts.retirementCategory] ?? '',
    facts.scheme === 0 ? 'E' : 'R',
    STATUSES[facts.status] ?? '',
    String(facts.deemedMonths),
    String(facts.specialTradeMonths),
    optionalMonth(facts.pensionSince),
    String(facts.unemploymentClaimedMonths),
    optionalMonth(facts.lastUnemploymentClaimEnd),
    optionalMonth(facts.lastTermination),
    REASONS[facts.lastTerminationReason] ?? '',
  ];
}
