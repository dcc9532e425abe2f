import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth, type MonthIndex } from '../../core/month.ts';
import { LEDGER_START } from '../month-set.ts';
import { parseDateForm } from './date-form.ts';

/** Cells of one row by column name, decoded and trimmed. */
export type Cells = Pick<ReadonlyMap<string, string>, 'get'>;

/** Why a row, or one insurance of a wide row, is refused. */
export interface Refusal {
  /** Column at fault; empty where it is the row as a whole. */
  readonly field: string;
  readonly error: CanbaoError;
}

/** Carries a refusal out of the readers; never leaves the normaliser. */
export class FieldFault extends Error implements Refusal {
  readonly field: string;
  readonly error: CanbaoError;
  constructor(field: string, error: CanbaoError) {
    super(error.message);
    this.field = field;
    this.error = error;
  }
}

/** Runs a parser on one cell and names the column in what it throws. */
function readCell<T>(cells: Cells, column: string, parse: (text: string) => T): T {
  try {
    const text = cells.get(column) ?? '';
    if (text.includes('\ufffd')) {
      throw new CanbaoError('ledger.bad_encoding');
    }
    return parse(text);
  } catch (error) {
    if (error instanceof CanbaoError) throw new FieldFault(column, error);
    throw error;
  }
}

/** Like {@link readCell} for a cell that must not be empty. */
export function readRequired<T>(cells: Cells, column: string, parse: (text: string) => T): T {
  return readCell(cells, column, (text) => {
    if (text === '') throw new CanbaoError('ledger.missing_value');
    return parse(text);
  });
}

/** Null for the texts that stand for no value. */
export function readOptional<T>(
  cells: Cells,
  spec: { readonly column: string; readonly none: readonly string[] },
  parse: (text: string) => T,
): T | null {
  return readCell(cells, spec.column, (text) => (spec.none.includes(text) ? null : parse(text)));
}

type Coded<T extends string> =
  | { readonly column: string; readonly codes: Readonly<Record<string, T>> }
  | { readonly constant: T };

/** A code translated by its table. */
export function readCoded<T extends string>(cells: Cells, spec: Coded<T>): T {
  if ('constant' in spec) return spec.constant;
  return readCell(cells, spec.column, (text) => {
    if (Object.hasOwn(spec.codes, text)) return spec.codes[text] as T;
    throw new CanbaoError(text === '' ? 'ledger.missing_value' : 'ledger.unknown_code', {
      value: text,
    });
  });
}

/** A month that has come. @throws ledger.bad_date, ledger.month_in_future */
export function pastMonth(text: string, form: string, present: MonthIndex): MonthIndex {
  const month = parseDateForm(text, form);
  if (month > present) {
    throw new CanbaoError('ledger.month_in_future', {
      month: formatMonth(month),
      present: formatMonth(present),
    });
  }
  return month;
}

/** A month that has come and that coverage bits reach. @throws ledger.month_before_ledger */
export function ledgerMonth(text: string, form: string, present: MonthIndex): MonthIndex {
  const month = pastMonth(text, form, present);
  if (month < LEDGER_START) {
    throw new CanbaoError('ledger.month_before_ledger', {
      month: formatMonth(month),
      first: formatMonth(LEDGER_START),
    });
  }
  return month;
}

/** A whole number from 0 to `max`. @throws ledger.bad_number */
export function wholeNumber(text: string, max: number): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text) || value > max) {
    throw new CanbaoError('ledger.bad_number', { value: text, max });
  }
  return value;
}
