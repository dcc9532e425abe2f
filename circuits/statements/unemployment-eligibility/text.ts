import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { revealsOf } from '../../../src/statements/reveal.ts';
import {
  commonText,
  commonWhyNot,
  monthText,
  type Params,
  type StatementText,
} from '../../../src/statements/statement-text.ts';

function asks(params: Params, language: Language): string {
  const month = monthText(params.asOf ?? 0n, language);
  const benefit = params.minBenefitMonths ?? 0n;
  return language === 'zh'
    ? `截至${month}，非因本人意愿中断就业，自上次领取后失业保险缴费满12个月，可领取失业保险金至少${benefit}个月。`
    : `As of ${month}, employment ended against the person’s will, unemployment insurance was paid for 12 months or more since the last claim, and at least ${benefit} months of benefit may be claimed.`;
}

/** What a person reads about `unemployment-eligibility@1`. */
export const text: StatementText = {
  name: { en: 'Unemployment benefit eligibility', zh: '失业保险金领取资格' },
  asks,
  reveals: revealsOf(asks),
  hides(_params, language) {
    return language === 'zh'
      ? [
          '您缴费的确切月数。',
          '离职的月份和原单位。',
          '您的缴费基数（工资）和城市。',
          commonText.hides.zh,
        ]
      : [
          'How many months exactly you paid.',
          'When you left, and whom.',
          'Your contribution base (salary) and cities.',
          commonText.hides.en,
        ];
  },
  whyNot(reason, facts, language) {
    const common = commonWhyNot(reason, facts, language);
    if (common) return common;
    const zh = language === 'zh';
    switch (reason) {
      case 'not-against-the-will':
        return zh
          ? '记录中最近一次离职不是非因本人意愿中断就业。'
          : 'Your record does not say that your last employment ended against your will.';
      case 'still-employed': {
        const month = monthText(facts.asOf ?? 0, language);
        return zh
          ? `记录显示您在${month}仍在职或离职后又有缴费。`
          : `By your record you were employed in ${month}, or insured again after the employment ended.`;
      }
      case 'too-few-months':
        return zh
          ? `自上次领取后需缴费${facts.minMonths}个月，已缴${facts.paidMonths}个月，还差${facts.missingMonths}个月。`
          : `${facts.paidMonths} of ${facts.minMonths} months since the last claim; ${facts.missingMonths} missing.`;
      case 'benefit-too-short':
        return zh
          ? `缴费${facts.paidMonths}个月可领取${facts.benefitMonths}个月，对方询问的是${facts.minBenefitMonths}个月，为此需缴费${facts.minMonths}个月，还差${facts.missingMonths}个月。`
          : `${facts.paidMonths} months paid give ${facts.benefitMonths} months of benefit; ${facts.minBenefitMonths} are asked, which take ${facts.minMonths} paid; ${facts.missingMonths} missing.`;
      default:
        return reason;
    }
  },
};
