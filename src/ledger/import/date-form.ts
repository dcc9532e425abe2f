import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type MonthIndex, monthIndex } from '../../core/month.ts';

const TOKENS: Record<string, string> = {
  YYYY: '(?<year>[12]\\d{3})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
};

/** The last whole year a month index reaches. */
const LAST_YEAR = 2240;

const compiled = new Map<string, RegExp>();

/** Whether a form names a year and a month, e.g. `YYYYMM`, `YYYY年MM月`, `YYYY-MM-DD`, `YYYY/M/D`. */
export function isDateForm(form: string): boolean {
  return /^[^YMD]*YYYY[^YMD]*M{1,2}([^YMD]*D{1,2})?[^YMD]*$/.test(form);
}

function pattern(form: string): RegExp {
  let regex = compiled.get(form);
  if (!regex) {
    const source = form.replace(
      /YYYY|MM?|DD?|[^YMD]+/g,
      (part) => TOKENS[part] ?? quoteRegex(part),
    );
    regex = new RegExp(`^${source}$`);
    compiled.set(form, regex);
  }
  return regex;
}

const quoteRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Dates already read, by form: a file has few of them, many times. */
const known = new Map<string, Map<string, MonthIndex>>();
const REMEMBERED = 50_000;

/** The month a date of the given form falls in. @throws ledger.bad_date */
export function parseDateForm(text: string, form: string): MonthIndex {
  let months = known.get(form);
  if (!months || months.size > REMEMBERED) {
    months = new Map();
    known.set(form, months);
  }
  let month = months.get(text);
  if (month === undefined) {
    month = readDate(text, form);
    months.set(text, month);
  }
  return month;
}

function readDate(text: string, form: string): MonthIndex {
  const { year, month, day } = pattern(form).exec(text)?.groups ?? {};
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const valid =
    Number(year) >= 1900 &&
    Number(year) <= LAST_YEAR &&
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    (day === undefined || (Number(day) >= 1 && Number(day) <= lastDay));
  if (!valid) throw new CanbaoError('ledger.bad_date', { value: text, form });
  return monthIndex(Number(year), Number(month));
}

/** A day as a form writes it, e.g. `YYYY年MM月`. */
export function formatDateForm(form: string, year: number, month: number, day: number): string {
  const padded = (value: number) => String(value).padStart(2, '0');
  const texts: Record<string, string> = {
    YYYY: String(year),
    MM: padded(month),
    M: String(month),
    DD: padded(day),
    D: String(day),
  };
  return form.replace(/YYYY|MM?|DD?/g, (token) => texts[token] ?? token);
}
