import { basename } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { checkHeader } from './check-header.ts';
import { type FileRow, type OnRows, outOfStep, type RowRange, STEP_ROWS } from './file-row.ts';
import { hashFile } from './hash-file.ts';
import { dateForms, type Mapping, mappedColumns } from './mapping.ts';
import type { Refusal } from './read-field.ts';
import { badXlsx } from './xlsx/bad-xlsx.ts';
import { type CellReading, cellText } from './xlsx/cell-text.ts';
import { readNumberForms } from './xlsx/number-forms.ts';
import { readSharedStrings } from './xlsx/shared-strings.ts';
import { type SheetCell, type SheetRow, sheetRows } from './xlsx/sheet-rows.ts';
import { openWorkbook, type Workbook } from './xlsx/workbook.ts';

/** Rows above the header: a title, a unit, the day of the export. */
const MAX_TITLE_ROWS = 30;

/**
 * Streams the rows of a workbook's sheet as {@link readCsv} does those of a file. In memory are the
 * texts the sheet shares and the rows of a step or two.
 * @returns SHA-256 of the file
 * @throws ledger.bad_xlsx, ledger.unknown_sheet, ledger.missing_column, ledger.duplicate_column
 */
export async function readXlsx(
  file: string,
  mapping: Mapping,
  { skip, stepRows = STEP_ROWS }: RowRange,
  onRows: OnRows,
): Promise<Buffer> {
  const workbook = await openWorkbook(file);
  try {
    const part = partOf(file, workbook, mapping.sheet);
    const strings = await readSharedStrings(file, workbook);
    const formOf = await readNumberForms(file, workbook);
    const reader = rowReader(file, mapping, { formOf, date1904: workbook.date1904 });
    let passed = 0;
    let batch: FileRow[] = [];
    let share = { bytes: 0, totalBytes: 0 };
    for await (const { rows, bytes, totalBytes } of sheetRows(file, workbook, part, strings)) {
      share = { bytes, totalBytes };
      for (const sheetRow of rows) {
        const row = reader.read(sheetRow);
        if (!row) continue;
        if (passed < skip) passed++;
        else batch.push(row);
        if (batch.length === stepRows) {
          await onRows(batch, share);
          batch = [];
        }
      }
    }
    reader.end();
    await onRows(batch, share);
  } finally {
    workbook.close();
  }
  return hashFile(file);
}

function partOf(file: string, { sheets }: Workbook, name: string | undefined): string {
  const sheet = name === undefined ? sheets[0] : sheets.find((one) => one.name === name);
  if (sheet) return sheet.part;
  if (name === undefined) throw badXlsx(file, 'it has no sheet');
  throw new CanbaoError('ledger.unknown_sheet', {
    file: basename(file),
    sheet: name,
    sheets: sheets.map((one) => one.name).join(', '),
  });
}

/** Finds the header, then turns rows of cells into rows of texts. */
function rowReader(file: string, mapping: Mapping, reading: CellReading) {
  const wanted = new Set(mappedColumns(mapping));
  const forms = dateForms(mapping);
  let header: string[] | undefined;
  let best: string[] = [];
  let titles = 0;

  const count = (names: readonly string[]) => names.filter((name) => wanted.has(name)).length;

  /** The header is the row with all the columns; rows above it say what the sheet is. */
  function seekHeader(row: SheetRow): void {
    const names = rawTexts(row.cells).map((name) => name.trim());
    if (new Set(names.filter((name) => wanted.has(name))).size === wanted.size) {
      header = checkHeader(names, mapping, file, 'XLSX');
      return;
    }
    if (count(names) > count(best) || best.length === 0) best = names;
    if (++titles > MAX_TITLE_ROWS) end();
  }

  function end(): void {
    if (!header) checkHeader(best, mapping, file, 'XLSX');
  }

  function read({ line, cells }: SheetRow): FileRow | undefined {
    if (cells.size === 0) return undefined;
    if (!header) return seekHeader({ line, cells }) as undefined;
    const raw = rawTexts(cells);
    if (raw.length > header.length) return outOfStep(line, raw, header.length);
    const texts = new Map<string, string>();
    let fault: Refusal | undefined;
    header.forEach((name, column) => {
      const cell = cells.get(column);
      try {
        texts.set(name, cell ? cellText(cell, forms.get(name), reading).trim() : '');
      } catch (error) {
        if (!(error instanceof CanbaoError)) throw error;
        texts.set(name, cell?.text ?? '');
        if (wanted.has(name)) fault ??= { field: name, error };
      }
    });
    return { line, raw, cells: texts, ...(fault && { fault }) };
  }

  return { read, end };
}

/** Texts of a row by column, up to its last that is not empty. */
function rawTexts(cells: ReadonlyMap<number, SheetCell>): string[] {
  const texts: string[] = [];
  for (const [column, { text }] of cells) {
    while (texts.length <= column) texts.push('');
    texts[column] = text;
  }
  return texts;
}
