import { type Stringifier, stringify } from 'csv-stringify';
import { errorText, type Language } from '../../core/errors/canbao-error.ts';
import type { RefusedRow } from './refusals.ts';

const HEADERS: Record<Language, string[]> = {
  en: ['file', 'source', 'line', 'field', 'code', 'reason', 'cells'],
  zh: ['文件', '来源', '行', '列', '代码', '原因', '单元格'],
};

/**
 * Refused rows, as {@link refusalCells} gives them, as CSV for a spreadsheet: UTF-8 with a byte
 * order mark, and no cell that begins like a formula is one.
 */
export function refusalCsv(language: Language): Stringifier {
  return stringify({
    bom: true,
    header: true,
    columns: HEADERS[language],
    record_delimiter: 'windows',
    escape_formulas: true,
  });
}

export function refusalCells(row: RefusedRow, language: Language): string[] {
  const { fileName, source, field, code, facts, cells } = row;
  const kept = Object.entries(cells).map(([column, text]) => `${column}=${text}`);
  const reason = errorText(code, facts, language);
  return [fileName, source, String(row.line), field, code, reason, kept.join('; ')];
}
