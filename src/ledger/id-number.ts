import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Brand } from '../core/field.ts';

/** A citizen's identification number (GB 11643-1999), checked: 18 characters. A private input. */
export type IdNumber = Brand<string, 'IdNumber'>;

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** The check character of the first 17 digits (ISO 7064 MOD 11-2). */
export function idNumberCheck(first17: string): string {
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += Number(first17[i]) * (WEIGHTS[i] ?? 0);
  return CHECK_CHARACTERS[sum % 11] ?? '';
}

/**
 * Normalises full-width characters, spaces and a small x, then checks form, date and check
 * character. The message never repeats the number.
 * @throws ledger.bad_id_number, ledger.bad_id_date, ledger.bad_id_check
 */
export function parseIdNumber(text: string): IdNumber {
  const id = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  if (!/^[1-9]\d{16}[\dX]$/.test(id)) throw new CanbaoError('ledger.bad_id_number');
  if (!isCalendarDate(id.slice(6, 14))) throw new CanbaoError('ledger.bad_id_date');
  if (idNumberCheck(id.slice(0, 17)) !== id[17]) {
    throw new CanbaoError('ledger.bad_id_check');
  }
  return id as IdNumber;
}

function isCalendarDate(yyyymmdd: string): boolean {
  const year = Number(yyyymmdd.slice(0, 4));
  const month = Number(yyyymmdd.slice(4, 6));
  const day = Number(yyyymmdd.slice(6, 8));
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1800 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
