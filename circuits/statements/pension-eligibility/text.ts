import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { revealsOf } from '../../../src/statements/reveal.ts';
import {
  commonText,
  commonWhyNot,
  earliestText,
  monthText,
  type Params,
  type StatementText,
} from '../../../src/statements/statement-text.ts';

function asks(params: Params, language: Language): string {
  const month = monthText(params.asOf ?? 0n, language);
  const isEarly = params.isEarlyAllowed === 1n;
  if (language === 'zh') {
    const age = isEarly ? '法定退休年龄或弹性提前退休年龄' : '法定退休年龄';
    return `截至${month}，已达到${age}，且养老保险缴费年限（含视同缴费）达到当年最低要求。`;
  }
  const age = isEarly
    ? 'the statutory or the flexible early retirement age'
    : 'the statutory retirement age';
  return `As of ${month}, ${age} is reached and the contribution months (deemed ones included) meet the minimum of the year that applies.`;
}

/** What a person reads about `pension-eligibility@1`. */
export const text: StatementText = {
  name: { en: 'Pension eligibility', zh: '养老金领取资格' },
  asks,
  reveals: revealsOf(asks),
  hides(_params, language) {
    return language === 'zh'
      ? [
          '您的出生年月、性别和退休类别。',
          '您缴费的确切月数和视同缴费月数。',
          '您的缴费基数（工资）、单位和城市。',
          commonText.hides.zh,
        ]
      : [
          'Your date of birth, sex and retirement category.',
          'How many months exactly you paid, and how many are deemed.',
          'Your contribution base (salary), employers and cities.',
          commonText.hides.en,
        ];
  },
  whyNot(reason, facts, language) {
    const common = commonWhyNot(reason, facts, language);
    if (common) return common;
    const zh = language === 'zh';
    const earliest = earliestText(facts, language);
    switch (reason) {
      case 'too-young': {
        const needed = monthText(facts.neededMonth ?? 0, language);
        return zh
          ? `您最早于${needed}达到所要求的退休年龄${earliest}。`
          : `You reach the age asked for in ${needed}${earliest}.`;
      }
      case 'too-few-months':
        return zh
          ? `需要${facts.minMonths}个月，已有${facts.totalMonths}个月，还差${facts.missingMonths}个月${earliest}。`
          : `${facts.totalMonths} of ${facts.minMonths} months; ${facts.missingMonths} missing${earliest}.`;
      case 'unknown-birth':
        return zh
          ? '记录中没有您的出生年月，请联系经办机构。'
          : 'Your record has no date of birth; ask your bureau.';
      case 'unknown-category':
        return zh
          ? '您的退休类别或参保制度不在本规则范围内，请联系经办机构。'
          : 'Your retirement category or scheme is outside these rules; ask your bureau.';
      default:
        return reason;
    }
  },
};
