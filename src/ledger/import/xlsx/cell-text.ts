import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { formatDateForm } from '../date-form.ts';
import type { NumberForm } from './number-forms.ts';
import type { SheetCell } from './sheet-rows.ts';

/** Digits a number in a workbook keeps. */
const EXACT_DIGITS = 15;
const DAY_MS = 86_400_000;

export interface CellReading {
  readonly formOf: (style: number) => NumberForm;
  readonly date1904: boolean;
}

/**
 * The text a CSV export would hold for a cell.
 * @param dateForm how the mapping reads dates of this column, if it does; else `YYYY-MM-DD`
 * @throws ledger.number_lost_digits for what was typed as a number and has more digits than that keeps
 */
export function cellText(cell: SheetCell, dateForm: string | undefined, reading: CellReading) {
  if (cell.kind === 'text') return cell.text;
  if (cell.kind === 'date') {
    const day = new Date(cell.text);
    return Number.isNaN(day.getTime()) ? cell.text : dateText(day, dateForm);
  }
  const value = Number(cell.text);
  if (!Number.isFinite(value)) return cell.text;
  const form = reading.formOf(cell.style);
  if (form.kind === 'date') return dateText(dayOf(value, reading.date1904), dateForm);
  if (Math.abs(value) >= 10 ** EXACT_DIGITS) throw new CanbaoError('ledger.number_lost_digits');
  // 4267.8999999999996 is how a workbook keeps 4267.9.
  const text = String(Number(value.toPrecision(EXACT_DIGITS)));
  return Number.isInteger(value) ? text.padStart(form.pad, '0') : text;
}

/** The day of a serial number; 1900-02-29, which never was, is number 60. */
function dayOf(serial: number, date1904: boolean): Date {
  const days = Math.floor(serial);
  const shift = date1904 ? 0 : days < 60 ? 1 : 0;
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30);
  return new Date(epoch + (days + shift) * DAY_MS);
}

function dateText(day: Date, form = 'YYYY-MM-DD'): string {
  if (Number.isNaN(day.getTime())) return '';
  return formatDateForm(form, day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate());
}
