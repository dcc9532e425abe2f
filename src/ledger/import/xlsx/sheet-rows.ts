import { badXlsx } from './bad-xlsx.ts';
import { readXml } from './read-xml.ts';
import { decodeEscapes } from './shared-strings.ts';
import type { Workbook } from './workbook.ts';

/** A cell as the sheet holds it. */
export interface SheetCell {
  /** `number` and `date` hold the digits of the file; the rest is text. */
  readonly kind: 'text' | 'number' | 'date';
  readonly text: string;
  /** Number of its style. */
  readonly style: number;
}

/** One row of a sheet, its cells by column; empty ones are left out. */
export interface SheetRow {
  /** The first row is 1. */
  readonly line: number;
  readonly cells: ReadonlyMap<number, SheetCell>;
}

/** A full sheet of 1,048,576 rows and twenty columns has about a fourth of it. */
const MAX_PART = 2 ** 32;
const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
/** As for CSV; Excel allows a cell half of it. */
const MAX_ROW_CHARACTERS = 65_536;

/** Streams a sheet's rows, a piece of the file at a time. */
export async function* sheetRows(
  file: string,
  workbook: Workbook,
  part: string,
  strings: readonly string[],
): AsyncGenerator<{ rows: SheetRow[]; bytes: number; totalBytes: number }> {
  let rows: SheetRow[] = [];
  let cells = new Map<number, SheetCell>();
  let line = 0;
  let column = -1;
  let characters = 0;
  let type = '';
  let style = 0;
  let text = '';
  let isValue = false;
  let inPhonetic = false;

  const { stream, bytes: totalBytes } = await workbook.open(part, MAX_PART);
  const reading = readXml(file, stream, {
    onOpen(name, { r, t, s }) {
      if (name === 'row') {
        line = r === undefined ? line + 1 : Number(r);
        if (!(line >= 1 && line <= MAX_ROWS)) throw badXlsx(file, `it has a row ${r}`);
        cells = new Map();
        column = -1;
        characters = 0;
      } else if (name === 'c') {
        column = r === undefined ? column + 1 : columnOf(r);
        if (!(column < MAX_COLUMNS)) throw badXlsx(file, `row ${line} has a cell ${r}`);
        type = t ?? 'n';
        style = Number(s ?? 0);
        text = '';
      } else if (name === 'v' || name === 't') isValue = true;
      else if (name === 'rPh') inPhonetic = true;
    },
    onText(piece) {
      if (!isValue || inPhonetic) return;
      text += piece;
      characters += piece.length;
      if (characters > MAX_ROW_CHARACTERS) throw badXlsx(file, `row ${line} is too long`);
    },
    onClose(name) {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 'c') {
        const cell = toCell(type, text, style, strings);
        if (!cell) throw badXlsx(file, `row ${line} refers to a text that is not there`);
        if (cell.text !== '') cells.set(column, cell);
      } else if (name === 'row') rows.push({ line, cells });
    },
  });
  for await (const bytes of reading) {
    yield { rows, bytes, totalBytes };
    rows = [];
  }
}

function toCell(
  type: string,
  text: string,
  style: number,
  strings: readonly string[],
): SheetCell | undefined {
  switch (type) {
    case 's': {
      if (text === '') return { kind: 'text', text, style };
      const shared = strings[Number(text)];
      return shared === undefined ? undefined : { kind: 'text', text: shared, style };
    }
    case 'n':
      return { kind: 'number', text, style };
    case 'd':
      return { kind: 'date', text, style };
    case 'b':
      return { kind: 'text', text: text === '1' ? 'TRUE' : 'FALSE', style };
    default:
      return { kind: 'text', text: decodeEscapes(text), style };
  }
}

/** `B7` → 1; NaN where it is no reference. */
function columnOf(reference: string): number {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1];
  if (letters === undefined) return Number.NaN;
  let column = 0;
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}
