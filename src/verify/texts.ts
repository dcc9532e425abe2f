import { errorText, type Language } from '../core/errors/canbao-error.ts';
import { agoText, timeText } from '../core/time-text.ts';
import { monthText } from '../statements/statement-text.ts';
import type { Verdict, VerdictReason } from './verdict.ts';

type Text = Readonly<Record<Language, string>>;

/** One sentence a reason. `{name}` stands for a fact: see {@link verdictText}. */
const reasons: Readonly<Record<VerdictReason, Text>> = {
  valid: {
    en: 'Valid: the record as of {month} satisfies the request.',
    zh: '有效：截至{month}的记录满足请求。',
  },
  malformed: { en: 'Refused: {detail}.', zh: '拒绝：{detail}。' },
  unknown_statement: { en: 'Refused: {detail}.', zh: '拒绝：{detail}。' },
  wrong_request: {
    en: 'Refused: it answers another request than yours.',
    zh: '拒绝：它回应的不是您的请求。',
  },
  wrong_audience: {
    en: 'Refused: it was made for {audience}, not for you.',
    zh: '拒绝：它是为{audience}出具的，不是为您出具的。',
  },
  expired: {
    en: 'Refused: the request expired at {expiresAt}.',
    zh: '拒绝：请求已于{expiresAt}过期。',
  },
  key_refused: { en: 'Refused: {detail}.', zh: '拒绝：{detail}。' },
  unknown_root: {
    en: 'Refused: the authorities never published the ledger it rests on.',
    zh: '拒绝：它所依据的账本从未由经办机构公布。',
  },
  corrected: {
    en: 'Refused: {month} was corrected {correctedFor}, at {correctedAt}; ask the holder for a new proof.',
    zh: '拒绝：{month}的账本已于{correctedFor}（{correctedAt}）更正，请持有人重新出具证明。',
  },
  superseded: {
    en: 'Refused: the ledger of {month} was replaced by a newer one {supersededFor}, at {supersededAt}; ask the holder for a new proof.',
    zh: '拒绝：{month}的账本已于{supersededFor}（{supersededAt}）被更新的账本取代，请持有人重新出具证明。',
  },
  invalid_proof: { en: 'Refused: the proof is false.', zh: '拒绝：证明不成立。' },
  nullifier_spent: {
    en: 'Refused: the same holder has already been counted for this purpose.',
    zh: '拒绝：同一持有人已为此用途使用过证明。',
  },
};

const unchecked: Text = {
  en: 'Nobody checked whom it was made for.',
  zh: '未核对该证明是为谁出具的。',
};
const development: Text = {
  en: 'Development keys: this proves nothing in earnest.',
  zh: '使用开发密钥：不具备实际证明效力。',
};
const ceremony: Text = {
  en: 'Keys from a ceremony with {contributions} contributions.',
  zh: '密钥来自有{contributions}份贡献的可信设置仪式。',
};
const superseded: Text = {
  en: 'Accepted by your policy, but not the newest: the ledger of {month} was replaced {supersededFor}, at {supersededAt}.',
  zh: '依您的规则予以接受，但并非最新：{month}的账本已于{supersededFor}（{supersededAt}）被取代。',
};
const corrected: Text = {
  en: 'Accepted by your policy, but {month} was corrected {correctedFor}, at {correctedAt}: the record may say something else now.',
  zh: '依您的规则予以接受，但{month}的账本已于{correctedFor}（{correctedAt}）更正，现行记录可能有所不同。',
};

/** The reason as a sentence. */
export function verdictText(verdict: Verdict, language: Language): string {
  return fill(reasons[verdict.reason][language], verdict, language);
}

/**
 * What must be shown beside a verdict: the standing of its key, a root that counts only by the
 * verifier's policy, and a check that was not made.
 */
export function verdictNotes(verdict: Verdict, language: Language): string[] {
  const notes: string[] = [];
  if (verdict.keyStatus === 'development') notes.push(development[language]);
  if (verdict.keyStatus === 'ceremony') notes.push(fill(ceremony[language], verdict, language));
  const { valid, correctedFor, supersededFor } = verdict;
  if (valid && correctedFor !== undefined) notes.push(fill(corrected[language], verdict, language));
  else if (valid && supersededFor !== undefined) {
    notes.push(fill(superseded[language], verdict, language));
  }
  if (valid && !verdict.audienceChecked) notes.push(unchecked[language]);
  return notes;
}

function fill(template: string, verdict: Verdict, language: Language): string {
  const { epoch, detail } = verdict;
  const facts: Record<string, string | number | undefined> = {
    month: epoch && monthText(epoch.month, language),
    audience: verdict.audience,
    contributions: verdict.contributions,
    detail: detail && errorText(detail.code, detail.facts, language),
    expiresAt: timeText(verdict.expiresAt),
    supersededAt: timeText(epoch?.supersededAt),
    correctedAt: timeText(epoch?.correctedAt),
    supersededFor: agoText(verdict.supersededFor, language),
    correctedFor: agoText(verdict.correctedFor, language),
  };
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? '?'));
}
