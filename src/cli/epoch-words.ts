import type { Language } from '../core/errors/canbao-error.ts';
import { formatMonth, type MonthIndex } from '../core/month.ts';
import type { StoredEpoch } from '../ledger/store/epochs.ts';

const states: Readonly<Record<StoredEpoch['state'], Readonly<Record<Language, string>>>> = {
  built: { en: 'built', zh: '已计算' },
  signed: { en: 'signed', zh: '已签名' },
  submitted: { en: 'submitted', zh: '已提交' },
  final: { en: 'final', zh: '已上链' },
};

/** How far an epoch's closing has come, in a word. */
export function stateText(state: StoredEpoch['state'], language: Language): string {
  return states[state][language];
}

/** `2026-10`, or `2026-10 (correction 1)`. */
export function epochName(
  { month, revision }: { readonly month: MonthIndex; readonly revision: number },
  language: Language,
): string {
  if (revision === 0) return formatMonth(month);
  const correction = language === 'zh' ? `（第${revision}次更正）` : ` (correction ${revision})`;
  return formatMonth(month) + correction;
}
