import type { Language } from '../core/errors/canbao-error.ts';
import { formatMonth, toMonthIndex } from '../core/month.ts';
import type { CheckFacts } from './define-statement.ts';

/** A text in every language of the product. */
export type LocalText = Readonly<Record<Language, string>>;

/** Params by name, as `unpackWord` gives them. */
export type Params = Readonly<Record<string, bigint>>;

/** What a person reads about a statement: always a function of the params, so that no threshold goes unsaid. */
export interface StatementText {
  readonly name: LocalText;
  /** One sentence: what the verifier asks to be proven. Names every param that restricts anything. */
  asks(params: Params, language: Language): string;
  /** What the verifier learns if the holder agrees. */
  reveals(params: Params, language: Language): string[];
  /** What of the same record stays hidden. */
  hides(params: Params, language: Language): string[];
  /** Why a record does not satisfy it, for the reasons `check` gives. */
  whyNot(reason: string, facts: CheckFacts, language: Language): string;
}

/** 1521 → `2026-10` or `2026年10月`. */
export function monthText(month: number | bigint, language: Language): string {
  const [year, number] = formatMonth(toMonthIndex(Number(month))).split('-');
  return language === 'zh' ? `${year}年${Number(number)}月` : `${year}-${number}`;
}

/** What every proof shows and hides, whatever the statement. */
export const commonText = {
  reveals: {
    en: 'A number that is always the same for you and this verifier’s purpose, and means nothing elsewhere.',
    zh: '一个编号：对您和该验证方的这一用途始终相同，在别处没有任何意义。',
  },
  hides: {
    en: 'Your name, ID number and every other entry of your record.',
    zh: '您的姓名、身份证号以及记录中的其他一切内容。',
  },
  identityBefore(params: Params, language: Language): string | undefined {
    const before = params.identityBefore ?? 0n;
    if (before === 0n) return undefined;
    const month = monthText(before, language);
    return language === 'zh'
      ? `您的密钥在${month}之前登记。`
      : `Your key was enrolled before ${month}.`;
  },
} as const;

/** `; earliest 2027-11, if …`: how a "why not" goes on where `check` found a month; no full stop. */
export function earliestText(facts: CheckFacts, language: Language): string {
  if (facts.qualifiesFrom === undefined) return '';
  const month = monthText(facts.qualifiesFrom, language);
  return language === 'zh'
    ? `；若今后每月按时缴费，最早${month}可满足`
    : `; earliest ${month}, if every month from now on is paid when due`;
}

/** "why not" of the conditions every statement shares. */
export function commonWhyNot(
  reason: string,
  facts: CheckFacts,
  language: Language,
): string | undefined {
  const month = (name: string) => monthText(facts[name] ?? 0, language);
  switch (reason) {
    case 'identity':
      return language === 'zh'
        ? `您的密钥于${month('identityMonth')}登记，对方要求在${month('identityBefore')}之前登记。`
        : `Your key was enrolled in ${month('identityMonth')}; the request needs one enrolled before ${month('identityBefore')}.`;
    case 'not-yet-closed':
      return language === 'zh'
        ? `对方询问到${month('to')}，而您的记录目前只结算到${month('epochMonth')}。`
        : `The request asks up to ${month('to')}; your record is closed up to ${month('epochMonth')}. Refresh it and try again.`;
    default:
      return undefined;
  }
}
