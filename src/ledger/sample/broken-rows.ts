import type { ErrorCode } from '../../core/errors/catalogue.ts';
import { idNumberCheck } from '../id-number.ts';

/** A fault that real exports have, made from a good row, and what the import must say to it. */
export interface BrokenRow {
  readonly fault: string;
  /** Code of the refusal; null for the row that is counted as a duplicate. */
  readonly code: ErrorCode | null;
  break(row: readonly string[]): string[];
}

/** A row with some cells replaced, by position. */
const replace = (changes: Readonly<Record<number, string | ((cell: string) => string)>>) => {
  return (row: readonly string[]) =>
    row.map((cell, i) => {
      const change = changes[i];
      return typeof change === 'function' ? change(cell) : (change ?? cell);
    });
};

/** The next digit after the right check character. */
function wrongCheck(id: string): string {
  const right = idNumberCheck(id.slice(0, 17));
  return id.slice(0, 17) + (right === 'X' ? '0' : String((Number(right) + 1) % 10));
}

const wrongLast = (code: string) => code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');

/** Made from rows of employees. */
export const xiamenBrokenContributions: readonly BrokenRow[] = [
  { fault: 'ID check', code: 'ledger.bad_id_check', break: replace({ 0: wrongCheck }) },
  { fault: 'month 13', code: 'ledger.bad_date', break: replace({ 6: '202313' }) },
  { fault: 'unknown insurance', code: 'ledger.unknown_code', break: replace({ 5: '610' }) },
  { fault: 'credit code check', code: 'ledger.bad_credit_code', break: replace({ 3: wrongLast }) },
  { fault: 'negative base', code: 'core.bad_amount', break: replace({ 8: '-3200.00' }) },
  { fault: 'letter in the base', code: 'core.bad_amount', break: replace({ 8: '4O50.00' }) },
  { fault: 'no base', code: 'ledger.missing_value', break: replace({ 8: '' }) },
  {
    fault: 'month to come',
    code: 'ledger.month_in_future',
    break: replace({ 6: '202712', 7: '202712' }),
  },
  {
    fault: 'same key, other base',
    code: 'ledger.conflicting_duplicate',
    break: replace({ 8: (base) => `1${base}` }),
  },
  {
    fault: 'cut off',
    code: 'ledger.wrong_column_count',
    break: (row) => row.slice(0, 7),
  },
  { fault: 'said twice', code: null, break: (row) => [...row] },
];

export const fuzhouBrokenContributions: readonly BrokenRow[] = [
  { fault: 'other date form', code: 'ledger.bad_date', break: replace({ 5: '2024-3' }) },
  { fault: 'unknown status', code: 'ledger.unknown_code', break: replace({ 9: '待核' }) },
  { fault: 'unknown district', code: 'ledger.unknown_code', break: replace({ 2: '高新区' }) },
  { fault: 'employee of nobody', code: 'ledger.missing_value', break: replace({ 3: '/' }) },
];

export const xiamenBrokenPersons: readonly BrokenRow[] = [
  { fault: 'unknown sex', code: 'ledger.unknown_code', break: replace({ 2: '9' }) },
  { fault: 'garbled count', code: 'ledger.bad_number', break: replace({ 5: '12a' }) },
];
