import { addMonths, type MonthIndex, monthIndex, yearOf } from '../../../src/core/month.ts';
import { packCreditCode } from '../../../src/ledger/employer.ts';
import { insuranceIndex } from '../../../src/ledger/insurance.ts';
import { LEDGER_START } from '../../../src/ledger/month-set.ts';
import { cityOf } from '../../../src/ledger/region.ts';
import type { Preset, PresetInput } from '../../../src/statements/preset.ts';
import type { LocalText, Params } from '../../../src/statements/statement-text.ts';

const ANY_LATE = 1023n;

interface Window {
  readonly from: MonthIndex;
  readonly to: MonthIndex;
  readonly minMonths: number;
  readonly maxLateMonths?: number;
}

function params(input: PresetInput, window: Window): Params {
  return {
    insurance: BigInt(insuranceIndex(input.insurance ?? 'pension')),
    minMonths: BigInt(window.minMonths),
    from: BigInt(window.from),
    to: BigInt(window.to),
    maxLateMonths: window.maxLateMonths === undefined ? ANY_LATE : BigInt(window.maxLateMonths),
    region: input.region === undefined ? 0n : BigInt(cityOf(input.region)),
    employer: input.employer === undefined ? 0n : packCreditCode(input.employer),
  };
}

/** `months` consecutive months that end with `asOf`. */
const consecutive =
  (months: number) =>
  (input: PresetInput): Params =>
    params(input, { from: addMonths(input.asOf, 1 - months), to: input.asOf, minMonths: months });

function preset(
  slug: string,
  name: LocalText,
  needs: Preset['needs'],
  toParams: Preset['params'],
): Preset {
  return { slug, name, needs, params: toParams };
}

/** Named uses of `coverage@1`; sources in the domain facts of the README. */
export const presets: readonly Preset[] = [
  preset('insured-now', { en: 'Insured this month', zh: '当月在保' }, [], consecutive(1)),
  preset(
    'tender-staff-3m',
    { en: 'Tender: staff of this employer for 3 months', zh: '招投标：本单位近3个月在职缴费' },
    ['employer'],
    consecutive(3),
  ),
  preset(
    'tender-staff-6m',
    { en: 'Tender: staff of this employer for 6 months', zh: '招投标：本单位近6个月在职缴费' },
    ['employer'],
    consecutive(6),
  ),
  preset(
    'engineer-registration',
    {
      en: 'Engineer registration: paid by this employer last month',
      zh: '执业注册：上月由本单位缴费',
    },
    ['employer'],
    consecutive(1),
  ),
  preset(
    'points-settlement',
    {
      en: 'Points settlement: 84 consecutive months to last December, at most 5 back-paid',
      zh: '积分落户：截至上年12月连续缴费84个月，补缴不超过5个月',
    },
    [],
    (input) => {
      const to = monthIndex(yearOf(input.asOf) - 1, 12);
      return params(input, { from: addMonths(to, -83), to, minMonths: 84, maxLateMonths: 5 });
    },
  ),
  preset(
    'house-purchase',
    { en: 'House purchase: 60 consecutive months in the city', zh: '购房：在本市连续缴费60个月' },
    ['region'],
    consecutive(60),
  ),
  preset(
    'car-plate',
    { en: 'Car plate: 24 consecutive months in the city', zh: '小客车指标：在本市连续缴费24个月' },
    ['region'],
    consecutive(24),
  ),
  preset(
    'school-enrolment',
    { en: 'School enrolment: 12 months in the city', zh: '入学：在本市缴费满12个月' },
    ['region'],
    (input) => params(input, { from: LEDGER_START, to: input.asOf, minMonths: 12 }),
  ),
  preset(
    'rent-subsidy-6m',
    { en: 'Rent subsidy: 6 consecutive months', zh: '租房补贴：连续缴费6个月' },
    [],
    consecutive(6),
  ),
  preset(
    'rent-subsidy-12m',
    { en: 'Rent subsidy: 12 consecutive months', zh: '租房补贴：连续缴费12个月' },
    [],
    consecutive(12),
  ),
  preset(
    'exam-last-3m',
    { en: 'Exam or visa: the last 3 months', zh: '考试、签证：近3个月缴费' },
    [],
    consecutive(3),
  ),
  preset('ten-years-total', { en: 'Ten years in total', zh: '累计缴费满十年' }, [], (input) =>
    params(input, { from: LEDGER_START, to: input.asOf, minMonths: 120 }),
  ),
];
