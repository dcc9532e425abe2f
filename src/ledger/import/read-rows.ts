import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import type { OnRows, RowRange } from './file-row.ts';
import type { Mapping } from './mapping.ts';
import { readCsv } from './read-csv.ts';
import { readXlsx } from './read-xlsx.ts';
import { badXlsx } from './xlsx/bad-xlsx.ts';

/**
 * Streams the rows of an export, CSV or XLSX by what it begins with.
 * @returns SHA-256 of the file as it was read
 * @throws what {@link readCsv} and {@link readXlsx} do
 */
export async function readRows(
  file: string,
  mapping: Mapping,
  range: RowRange,
  onRows: OnRows,
): Promise<Buffer> {
  const read = (await isWorkbook(file)) ? readXlsx : readCsv;
  return read(file, mapping, range, onRows);
}

/** Zip archives begin with it. */
const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');
/** Workbooks of before 2007 do, and encrypted ones. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');

async function isWorkbook(file: string): Promise<boolean> {
  const start = Buffer.alloc(8);
  const handle = await open(file);
  try {
    await handle.read(start, 0, start.length, 0);
  } finally {
    await handle.close();
  }
  if (start.subarray(0, ZIP.length).equals(ZIP)) return true;
  if (start.equals(COMPOUND_FILE))
    throw badXlsx(file, 'it is an old .xls or encrypted; save it as .xlsx');
  if (extname(file).toLowerCase() === '.xlsx') throw badXlsx(file, 'it is no zip archive');
  return false;
}
