import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { revealsOf } from '../../../src/statements/reveal.ts';
import {
  commonText,
  commonWhyNot,
  type LocalText,
  monthText,
  type Params,
  type StatementText,
} from '../../../src/statements/statement-text.ts';

const benefits: readonly LocalText[] = [
  { en: 'a pension', zh: '养老金' },
  { en: 'unemployment benefit', zh: '失业保险金' },
  { en: 'a pension or unemployment benefit', zh: '养老金或失业保险金' },
];

const benefitName = (index: bigint | number, language: Language): string =>
  benefits[Number(index)]?.[language] ?? '';

function asks(params: Params, language: Language): string {
  const name = benefitName(params.benefit ?? 0n, language);
  const isReceiving = params.isReceiving === 1n;
  if (language === 'zh') return isReceiving ? `正在领取${name}。` : `未在领取${name}。`;
  return isReceiving ? `Receives ${name}.` : `Does not receive ${name}.`;
}

/** What a person reads about `benefit-status@1`. */
export const text: StatementText = {
  name: { en: 'Benefit status', zh: '待遇领取状态' },
  asks,
  reveals: revealsOf(asks),
  hides(_params, language) {
    return language === 'zh'
      ? ['何时开始或结束领取，以及金额。', '您的缴费记录、单位和城市。', commonText.hides.zh]
      : [
          'Since when or until when, and how much.',
          'Your contributions, employers and cities.',
          commonText.hides.en,
        ];
  },
  whyNot(reason, facts, language) {
    const common = commonWhyNot(reason, facts, language);
    if (common) return common;
    const name = benefitName(facts.benefit ?? 0, language);
    const month = monthText(facts.epochMonth ?? 0, language);
    const zh = language === 'zh';
    switch (reason) {
      case 'receives':
        return zh
          ? `记录显示您在${month}领取${name}。`
          : `By your record you receive ${name} in ${month}.`;
      case 'does-not-receive':
        return zh
          ? `记录显示您在${month}未领取${name}。`
          : `By your record you do not get ${name} in ${month}.`;
      default:
        return reason;
    }
  },
};
