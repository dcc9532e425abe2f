import type { Language } from './errors/canbao-error.ts';

/** 0 → `1970-01-01T00:00:00Z`; a time beyond what a date can hold stays a number. */
export function timeText(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined;
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000', '');
}

/** 200,000 seconds → `2 days ago`. */
export function agoText(seconds: number | undefined, language: Language): string | undefined {
  if (seconds === undefined) return undefined;
  const days = Math.floor(seconds / 86_400);
  if (language === 'zh') return days === 0 ? '不到1天前' : `${days}天前`;
  if (days === 0) return 'less than a day ago';
  return days === 1 ? '1 day ago' : `${days} days ago`;
}
