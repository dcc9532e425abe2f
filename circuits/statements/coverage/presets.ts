import { type MonthIndex, monthIndex, yearOf } from '../../../src/core/month.ts';
import {
  type CoverageWindow,
  coverageParams,
  everyMonth,
  inTotal,
} from '../../../src/statements/coverage-windows.ts';
import { newestFigure } from '../../../src/statements/policy.ts';
import { figureFor, type Preset, type PresetInput } from '../../../src/statements/preset.ts';

/** A use whose one figure, months, is policy. The figure stands for `#` in the name. */
function byPolicy(
  [slug, policy, figure]: readonly [slug: string, policy: string, figure: string],
  en: string,
  zh: string,
  needs: Preset['needs'],
  window: (months: number, to: MonthIndex) => CoverageWindow,
): Preset {
  const months = String(newestFigure(policy, figure));
  return {
    slug,
    policy,
    name: { en: en.replace('#', months), zh: zh.replace('#', months) },
    needs,
    params: (input) => coverageParams(input, window(figureFor(input, policy, figure), input.asOf)),
  };
}

/** A use whose months come with the request. */
function preset(
  slug: string,
  en: string,
  zh: string,
  needs: Preset['needs'],
  window: (input: PresetInput) => CoverageWindow,
): Preset {
  return {
    slug,
    name: { en, zh },
    needs,
    params: (input) => coverageParams(input, window(input)),
  };
}

const years = (months: number): string => String(months / 12);
const medical = 'medical-at-retirement';
const settled = (figure: string) => newestFigure('points-settlement', figure);

/** Medical months of a life, wherever they were paid: the city asked has its own preset. */
const medicalTotal = (sex: 'men' | 'women', en: string, zh: string): Preset => ({
  slug: `medical-total-${sex}`,
  policy: medical,
  name: {
    en: `Medical insurance at retirement, ${en}: ${years(newestFigure(medical, `${sex}Months`))} years in all`,
    zh: `退休医保（${zh}）：累计缴费满${years(newestFigure(medical, `${sex}Months`))}年`,
  },
  needs: ['region'],
  params: (input) => {
    const { region: _, ...anywhere } = input;
    const months = figureFor(input, medical, `${sex}Months`);
    return coverageParams(anywhere, { ...inTotal(months, input.asOf), insurance: 'medical' });
  },
});

/** Named uses of `coverage@1`. Figures: `policies/`. */
export const presets: readonly Preset[] = [
  preset('insured-now', 'Insured this month', '当月在保', [], ({ asOf }) => everyMonth(1, asOf)),
  byPolicy(
    ['tender-staff-3m', 'tender-staff', 'shortMonths'],
    'Tender: staff of this employer for # months',
    '招投标：本单位近#个月在职缴费',
    ['employer'],
    everyMonth,
  ),
  byPolicy(
    ['tender-staff-6m', 'tender-staff', 'longMonths'],
    'Tender: staff of this employer for # months',
    '招投标：本单位近#个月在职缴费',
    ['employer'],
    everyMonth,
  ),
  byPolicy(
    ['engineer-registration', 'engineer-registration', 'months'],
    'Engineer registration: paid by this employer for the last # month',
    '执业注册：近#个月由本单位缴费',
    ['employer'],
    everyMonth,
  ),
  {
    slug: 'points-settlement',
    policy: 'points-settlement',
    name: {
      en: `Points settlement: ${settled('months')} consecutive months to last December, at most ${settled('maxLateMonths')} back-paid`,
      zh: `积分落户：截至上年12月连续缴费${settled('months')}个月，补缴不超过${settled('maxLateMonths')}个月`,
    },
    needs: [],
    params: (input) => {
      const figure = (name: string) => figureFor(input, 'points-settlement', name);
      const window = everyMonth(figure('months'), monthIndex(yearOf(input.asOf) - 1, 12));
      return coverageParams(input, { ...window, maxLateMonths: figure('maxLateMonths') });
    },
  },
  byPolicy(
    ['house-purchase', 'house-purchase', 'months'],
    'House purchase: # consecutive months in the city',
    '购房：在本市连续缴费#个月',
    ['region'],
    everyMonth,
  ),
  byPolicy(
    ['car-plate', 'car-plate', 'months'],
    'Car plate: # consecutive months in the city',
    '小客车指标：在本市连续缴费#个月',
    ['region'],
    everyMonth,
  ),
  byPolicy(
    ['school-enrolment', 'school-enrolment', 'months'],
    'School enrolment: # months in the city, each parent',
    '入学：父母各自在本市缴费满#个月',
    ['region'],
    inTotal,
  ),
  byPolicy(
    ['rent-subsidy-6m', 'subsidy', 'shortMonths'],
    'Rent or start-up subsidy: # consecutive months',
    '租房、创业补贴：连续缴费#个月',
    [],
    everyMonth,
  ),
  byPolicy(
    ['rent-subsidy-12m', 'subsidy', 'longMonths'],
    'Rent or start-up subsidy: # consecutive months',
    '租房、创业补贴：连续缴费#个月',
    [],
    everyMonth,
  ),
  byPolicy(
    ['exam-last-3m', 'exam', 'months'],
    'Exam, visa or migration: the last # months',
    '考试、签证、移民：近#个月缴费',
    [],
    everyMonth,
  ),
  byPolicy(
    ['ten-years-total', 'ten-years', 'months'],
    'Exam, visa or migration: # months in all',
    '考试、签证、移民：累计缴费#个月',
    [],
    inTotal,
  ),
  medicalTotal('men', 'men', '男'),
  medicalTotal('women', 'women', '女'),
  {
    slug: 'medical-in-city',
    policy: medical,
    name: {
      en: `Medical insurance at retirement: ${years(newestFigure(medical, 'paidThereMonths'))} years paid in the city`,
      zh: `退休医保：在本市实际缴费满${years(newestFigure(medical, 'paidThereMonths'))}年`,
    },
    needs: ['region'],
    params: (input) => {
      const months = figureFor(input, medical, 'paidThereMonths');
      return coverageParams(input, { ...inTotal(months, input.asOf), insurance: 'medical' });
    },
  },
  preset(
    'work-injury-cover',
    'Work injury: covered in the month of the accident',
    '工伤：事故当月在保',
    ['onMonth'],
    ({ onMonth, asOf }) => ({ ...everyMonth(1, onMonth ?? asOf), insurance: 'workInjury' }),
  ),
  preset(
    'maternity-cover',
    'Maternity: consecutive months as the local rule says',
    '生育：按当地规定连续缴费',
    ['minMonths'],
    ({ minMonths = 1, asOf }) => ({ ...everyMonth(minMonths, asOf), insurance: 'maternity' }),
  ),
];
