import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { ANY_LATE as ANY_LATE_MONTHS } from '../../../src/statements/coverage-windows.ts';
import { revealsOf } from '../../../src/statements/reveal.ts';
import {
  commonText,
  commonWhyNot,
  earliestText,
  monthText,
  type Params,
  type StatementText,
} from '../../../src/statements/statement-text.ts';
import { cityName, employerName, insuranceName } from '../../../src/statements/words.ts';

/** Any number of late months. */
const ANY_LATE = BigInt(ANY_LATE_MONTHS);

/** A field of the params; the layout has them all. */
const field = (params: Params, name: string): bigint => params[name] ?? 0n;

function asks(params: Params, language: Language): string {
  const insurance = insuranceName(field(params, 'insurance'), language);
  const from = monthText(field(params, 'from'), language);
  const to = monthText(field(params, 'to'), language);
  const months = field(params, 'minMonths');
  const late = field(params, 'maxLateMonths');
  const region = field(params, 'region');
  const employer = field(params, 'employer');
  if (language === 'zh') {
    const where = region ? `在${cityName(region, 'zh')}` : '';
    const by = employer ? `由${employerName(employer, 'zh')}` : '';
    const lateText = late < ANY_LATE ? `，其中补缴不超过${late}个月` : '';
    return `${from}至${to}期间，${where}${by}缴纳${insurance}至少${months}个月${lateText}。`;
  }
  const where = region ? ` in ${cityName(region, 'en')}` : '';
  const by = employer ? ` by ${employerName(employer, 'en')}` : '';
  const lateText = late < ANY_LATE ? `, at most ${late} of them paid late` : '';
  const amount = months === 1n ? '1 month' : `${months} months`;
  return `At least ${amount} of ${insurance} ${months === 1n ? 'was' : 'were'} paid${by}${where} from ${from} to ${to}${lateText}.`;
}

/** What a person reads about `coverage@1`. */
export const text: StatementText = {
  name: { en: 'Contribution months', zh: '缴费月数' },
  asks,
  reveals: revealsOf(asks),
  hides(params, language) {
    const isPlaceAsked = field(params, 'region') !== 0n;
    const isEmployerAsked = field(params, 'employer') !== 0n;
    const zh = [
      '您的缴费基数（工资）。',
      '具体缴了哪些月份，以及超出所问的月数。',
      isEmployerAsked ? '您的其他工作单位。' : '您在哪些单位工作过。',
      isPlaceAsked ? '您在其他城市的参保情况。' : '您在哪些城市参保。',
      commonText.hides.zh,
    ];
    const en = [
      'Your contribution base (salary).',
      'Which months were paid, and how many more than asked.',
      isEmployerAsked ? 'Your other employers.' : 'Who employed you.',
      isPlaceAsked ? 'Your record in other cities.' : 'In which cities you were insured.',
      commonText.hides.en,
    ];
    return language === 'zh' ? zh : en;
  },
  whyNot(reason, facts, language) {
    const common = commonWhyNot(reason, facts, language);
    if (common) return common;
    const zh = language === 'zh';
    const earliest = earliestText(facts, language);
    switch (reason) {
      case 'too-few-months':
        return zh
          ? `需要${facts.minMonths}个月，已有${facts.paidMonths}个月，还差${facts.missingMonths}个月${earliest}。`
          : `${facts.paidMonths} of ${facts.minMonths} months; ${facts.missingMonths} missing${earliest}.`;
      case 'too-many-late':
        return zh
          ? `补缴了${facts.lateMonths}个月，最多允许${facts.maxLateMonths}个月${earliest}。`
          : `${facts.lateMonths} months were paid late; at most ${facts.maxLateMonths} are allowed${earliest}.`;
      case 'nothing-there':
        return zh
          ? `记录中没有该城市或该单位为您缴纳这一保险的月份${earliest}。`
          : `Your record has no month of this insurance in that city or with that employer${earliest}.`;
      case 'empty-window':
        return zh ? '所问的起止月份颠倒。' : 'The window asked ends before it begins.';
      default:
        return reason;
    }
  },
};
