import type { Language } from '../../../src/core/errors/canbao-error.ts';
import { type Fen, formatYuan } from '../../../src/core/money.ts';
import { type MonthIndex, parseMonth } from '../../../src/core/month.ts';
import { monthText } from '../../../src/statements/statement-text.ts';

const tag = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-GB');

/** 1521 or `2026-10` → `2026年10月`, `October 2026`. */
export function formatMonthOf(month: MonthIndex | string, language: Language): string {
  const index = typeof month === 'string' ? parseMonth(month) : month;
  if (language === 'zh') return monthText(index, language);
  const date = new Date(Date.UTC(1900 + Math.floor(index / 12), index % 12));
  return new Intl.DateTimeFormat(tag(language), {
    ...{ year: 'numeric', month: 'long', timeZone: 'UTC' },
  }).format(date);
}

/** `2026年1月至10月`, `January 2026 – October 2026`. */
export function formatMonths(from: MonthIndex, to: MonthIndex, language: Language): string {
  if (from === to) return formatMonthOf(from, language);
  const [first, last] = [formatMonthOf(from, language), formatMonthOf(to, language)];
  if (language === 'en') return `${first} – ${last}`;
  const [year] = first.split('年', 1);
  return `${first}至${last.startsWith(`${year}年`) ? last.slice(5) : last}`;
}

/** 27 → `2年3个月`, `2 years 3 months`. */
export function formatMonthCount(months: number, language: Language): string {
  const [years, rest] = [Math.floor(months / 12), months % 12];
  const count = (value: number, one: string) => `${value} ${one}${value === 1 ? '' : 's'}`;
  if (language === 'zh') {
    if (years === 0) return `${rest}个月`;
    return rest === 0 ? `${years}年` : `${years}年${rest}个月`;
  }
  const parts = [
    years > 0 && count(years, 'year'),
    (rest > 0 || years === 0) && count(rest, 'month'),
  ];
  return parts.filter(Boolean).join(' ');
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
