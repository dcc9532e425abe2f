import type { Language } from '../../core/errors/canbao-error.ts';
import { formatMonth, type MonthIndex } from '../../core/month.ts';
import { type FindingCode, findingTexts } from './finding-texts.ts';

export type FindingFacts = Readonly<Record<string, string | number | bigint>>;

/** Something the records, the ledger and what was published do not agree on. */
export interface Finding {
  readonly code: FindingCode;
  readonly facts: FindingFacts;
}

export function finding(code: FindingCode, facts: FindingFacts): Finding {
  return { code, facts };
}

/** A finding as a sentence. */
export function findingText({ code, facts }: Finding, language: Language): string {
  return findingTexts[code][language].replace(/\{(\w+)\}/g, (_, name: string) =>
    String(facts[name] ?? '?'),
  );
}

/** `2026-10`, or `2026-10/1` for its first correction. */
export function epochLabel(epoch: {
  readonly month: MonthIndex;
  readonly revision: number;
}): string {
  return formatMonth(epoch.month) + (epoch.revision === 0 ? '' : `/${epoch.revision}`);
}
