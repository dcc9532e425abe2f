import { errorText, type Language } from '../core/errors/canbao-error.ts';
import { monthText } from '../statements/statement-text.ts';
import type { SetVerdict } from './set-verdict.ts';
import { verdictNotes, verdictText } from './texts.ts';
import { type AnyVerdict, isSetVerdict } from './verify-any.ts';

/** The reason of either kind of verdict as a sentence. */
export function anyVerdictText(verdict: AnyVerdict, language: Language): string {
  return isSetVerdict(verdict) ? setVerdictText(verdict, language) : verdictText(verdict, language);
}

/** What must be shown beside either kind of verdict, each thing once. */
export function anyVerdictNotes(verdict: AnyVerdict, language: Language): string[] {
  if (!isSetVerdict(verdict)) return verdictNotes(verdict, language);
  return [...new Set(verdict.answers.flatMap((answer) => verdictNotes(answer.verdict, language)))];
}

/** The reason of a set's verdict as a sentence. */
function setVerdictText(verdict: SetVerdict, language: Language): string {
  const { valid, reason, detail, index, requests = 0, mode, answers } = verdict;
  const zh = language === 'zh';
  if (valid) {
    const [answer] = answers;
    const month = answer?.verdict.epoch ? monthText(answer.verdict.epoch.month, language) : '?';
    const number = (answer?.index ?? 0) + 1;
    if (mode === 'any') {
      return zh
        ? `有效：截至${month}的记录满足${requests}项请求中的第${number}项。`
        : `Valid: the record as of ${month} satisfies request ${number} of ${requests}; one was asked.`;
    }
    return zh
      ? `有效：截至${month}的记录满足全部${requests}项请求，且出自同一持有人。`
      : `Valid: one holder’s record as of ${month} satisfies all ${requests} requests.`;
  }
  const answer = answers.find((each) => each.index === index);
  if (answer) {
    const why = verdictText(answer.verdict, language);
    const number = answer.index + 1;
    return zh ? `第${number}项回应：${why}` : `Answer to request ${number} of ${requests}: ${why}`;
  }
  if (reason === 'incomplete') {
    const what = detail ? errorText(detail.code, detail.facts, language) : '?';
    return zh ? `拒绝：${what}。` : `Refused: ${what}.`;
  }
  const { audienceChecked } = verdict;
  return verdictText({ valid, reason, audienceChecked, ...(detail && { detail }) }, language);
}
