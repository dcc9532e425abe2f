import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { type Fen, formatYuan } from '../../../src/core/money.ts';
import { type MonthIndex, parseMonth } from '../../../src/core/month.ts';
import { monthText } from '../../../src/statements/statement-text.ts';

const tag = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB');

/** Whether a text is a month, as `2026-10`. */
export function isMonth(text: string): boolean {
  try {
    parseMonth(text);
    return true;
  } catch {
    return false;
  }
}

/** 1521 or `2026-10` → `2026年10月`, `October 2026`; in one piece, however narrow its place is. */
export function formatMonthOf(month: MonthIndex | string, language: Language): string {
  const index = typeof month === 'string' ? parseMonth(month) : month;
  if (language === 'zh') return monthText(index, language);
  const date = new Date(Date.UTC(1900 + Math.floor(index / 12), index % 12));
  const named = new Intl.DateTimeFormat(tag(language), {
    ...{ year: 'numeric', month: 'long', timeZone: 'UTC' },
  }).format(date);
  return named.replace(' ', '\u00a0');
}

/** 654320 → `6,543.20 元`, `¥6,543.20`. */
export function formatMoney(fen: Fen, language: Language): string {
  const [yuan = '', rest = ''] = formatYuan(fen).split('.');
  const text = `${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${rest}`;
  return language === 'zh' ? `${text}\u2009元` : `¥${text}`;
}

/** Unix seconds → `2026年11月25日 13:05`, `25 November 2026 at 13:05`, where the reader is. */
export function formatTime(seconds: number, language: Language): string {
  return new Intl.DateTimeFormat(tag(language), {
    ...{ dateStyle: 'long', timeStyle: 'short', hourCycle: 'h23' },
  }).format(new Date(seconds * 1000));
}

/** Unix seconds → `2026年11月25日`, `25 November 2026`. */
export function formatDate(seconds: number, language: Language): string {
  return new Intl.DateTimeFormat(tag(language), { dateStyle: 'long' }).format(
    new Date(seconds * 1000),
  );
}

/** 12345 → `12,345`. */
export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(tag(language)).format(count);
}

/** 3001734 → `3.0 MB`. */
export function formatBytes(bytes: number): string {
  return bytes < 1e6
    ? `${Math.max(1, Math.round(bytes / 1e3))} kB`
    : `${(bytes / 1e6).toFixed(1)} MB`;
}
