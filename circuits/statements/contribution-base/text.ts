import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { formatYuan, toFen } from '../../../src/core/money.ts';
import { revealsOf } from '../../../src/statements/reveal.ts';
import {
  commonText,
  commonWhyNot,
  earliestText,
  monthText,
  type Params,
  type StatementText,
} from '../../../src/statements/statement-text.ts';
import { insuranceName } from '../../../src/statements/words.ts';

/** The widest band: anything goes. */
const MAX_BASE_FEN = 2n ** 32n - 1n;

function yuan(fen: bigint | number, language: Language): string {
  const text = formatYuan(toFen(Math.floor(Number(fen))));
  return language === 'zh' ? `${text}元` : `${text} yuan`;
}

function band(params: Params, language: Language): string {
  const min = params.minBaseFen ?? 0n;
  const max = params.maxBaseFen ?? MAX_BASE_FEN;
  const zh = language === 'zh';
  if (max === MAX_BASE_FEN) {
    return zh ? `不低于${yuan(min, 'zh')}` : `at least ${yuan(min, 'en')}`;
  }
  if (min === 0n) return zh ? `不高于${yuan(max, 'zh')}` : `at most ${yuan(max, 'en')}`;
  return zh
    ? `在${yuan(min, 'zh')}至${yuan(max, 'zh')}之间`
    : `from ${yuan(min, 'en')} to ${yuan(max, 'en')}`;
}

function asks(params: Params, language: Language): string {
  const months = params.months ?? 0n;
  const insurance = insuranceName(params.insurance ?? 0n, language);
  return language === 'zh'
    ? `最近${months}个月连续缴纳${insurance}，月平均缴费基数${band(params, 'zh')}。`
    : `${insurance.charAt(0).toUpperCase()}${insurance.slice(1)} was paid in each of the last ${months} months, and the average monthly contribution base is ${band(params, 'en')}.`;
}

/** What a person reads about `contribution-base@1`. */
export const text: StatementText = {
  name: { en: 'Contribution base', zh: '缴费基数' },
  asks,
  reveals: revealsOf(asks),
  hides(_params, language) {
    return language === 'zh'
      ? ['您的确切缴费基数（工资）。', '您的单位和城市。', '更早的缴费记录。', commonText.hides.zh]
      : [
          'Your exact contribution base (salary).',
          'Your employers and cities.',
          'Your earlier record.',
          commonText.hides.en,
        ];
  },
  whyNot(reason, facts, language) {
    const common = commonWhyNot(reason, facts, language);
    if (common) return common;
    const zh = language === 'zh';
    switch (reason) {
      case 'not-every-month': {
        const month = monthText(facts.epochMonth ?? 0, language);
        const earliest = earliestText(facts, language);
        return zh
          ? `截至${month}的最近${facts.months}个月中已缴${facts.paidMonths}个月，还差${facts.missingMonths}个月${earliest}。`
          : `${facts.paidMonths} of the last ${facts.months} months up to ${month} are paid; ${facts.missingMonths} missing${earliest}.`;
      }
      case 'base-too-low':
        return zh
          ? `您的平均缴费基数为${yuan(facts.averageFen ?? 0, 'zh')}，低于所要求的${yuan(facts.minBaseFen ?? 0, 'zh')}。`
          : `Your average base is ${yuan(facts.averageFen ?? 0, 'en')}, below the ${yuan(facts.minBaseFen ?? 0, 'en')} asked.`;
      case 'base-too-high':
        return zh
          ? `您的平均缴费基数为${yuan(facts.averageFen ?? 0, 'zh')}，高于所要求的${yuan(facts.maxBaseFen ?? 0, 'zh')}。`
          : `Your average base is ${yuan(facts.averageFen ?? 0, 'en')}, above the ${yuan(facts.maxBaseFen ?? 0, 'en')} asked.`;
      default:
        return reason;
    }
  },
};
