import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { revealsOf } from '../../../src/statements/reveal.ts';
import {
  commonWhyNot,
  monthText,
  type Params,
  type StatementText,
} from '../../../src/statements/statement-text.ts';
import { employerName } from '../../../src/statements/words.ts';

function asks(params: Params, language: Language): string {
  const from = monthText(params.from ?? 0n, language);
  const to = monthText(params.to ?? 0n, language);
  const people = params.minPeople ?? 0n;
  const isArrearsFree = params.isArrearsFree === 1n;
  const code = params.employer ?? 0n;
  if (language === 'zh') {
    const who = code ? employerName(code, 'zh') : '本单位';
    const peopleText = people ? `，每月参保不少于${people}人` : '';
    const arrears = isArrearsFree ? '，且目前无欠费' : '';
    return `${who}在${from}至${to}每月足额缴费${peopleText}${arrears}。`;
  }
  const name = code ? employerName(code, 'en') : 'the employer';
  const who = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const peopleText = people ? `, with at least ${people} people insured each month` : '';
  const arrears = isArrearsFree ? ', and owes nothing now' : '';
  return `${who} paid in full in every month from ${from} to ${to}${peopleText}${arrears}.`;
}

/** What an employer reads about `employer-standing@1`. */
export const text: StatementText = {
  name: { en: 'Employer in good standing', zh: '单位缴费状况' },
  asks,
  reveals: revealsOf(asks),
  hides(params, language) {
    const isNamed = (params.employer ?? 0n) !== 0n;
    const zh = ['确切参保人数。', '职工的姓名和工资。', '其他月份的缴费情况。'];
    const en = [
      'How many people exactly are insured.',
      'The names and salaries of the staff.',
      'Contributions in other months.',
    ];
    const own = language === 'zh' ? zh : en;
    const name = language === 'zh' ? '单位是谁。' : 'Which employer it is.';
    return isNamed ? own : [name, ...own];
  },
  whyNot(reason, facts, language) {
    const common = commonWhyNot(reason, facts, language);
    if (common) return common;
    const zh = language === 'zh';
    switch (reason) {
      case 'another-employer':
        return zh ? '请求针对的是另一家单位。' : 'The request is about another employer.';
      case 'empty-window':
        return zh ? '所问的起止月份颠倒。' : 'The window asked ends before it begins.';
      case 'not-paid-in-full':
        return zh
          ? `${facts.months}个月中有${facts.missingMonths}个月未足额缴费。`
          : `${facts.missingMonths} of ${facts.months} months are not paid in full.`;
      case 'counts-too-old':
        return zh
          ? `人数只保留到${monthText(facts.earliest ?? 0, 'zh')}，所问期间从${monthText(facts.from ?? 0, 'zh')}开始。`
          : `Head-counts reach back to ${monthText(facts.earliest ?? 0, 'en')}; the window begins in ${monthText(facts.from ?? 0, 'en')}.`;
      case 'too-few-people':
        return zh
          ? `最少的一个月参保${facts.people}人，要求${facts.minPeople}人。`
          : `${facts.people} people in the month with the fewest; ${facts.minPeople} are asked.`;
      case 'arrears':
        return zh
          ? `目前欠缴${facts.unpaidMonths}人次。`
          : `${facts.unpaidMonths} contributions are owed.`;
      default:
        return reason;
    }
  },
};
