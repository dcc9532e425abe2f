import { readFile } from 'node:fs/promises';
import { strToU8, unzipSync, zipSync } from 'fflate';
import writeXlsxFile, { type SheetData } from 'write-excel-file/node';

/** Writes a workbook as a spreadsheet program would. */
export async function writeWorkbook(
  file: string,
  sheets: Readonly<Record<string, SheetData>>,
): Promise<void> {
  const all = Object.entries(sheets).map(([sheet, data]) => ({ sheet, data }));
  await writeXlsxFile(all).toFile(file);
}

/** A workbook's parts, some of them changed or left out. */
export async function changeParts(
  file: string,
  changes: Readonly<Record<string, ((xml: string) => string) | undefined>>,
): Promise<Uint8Array> {
  const parts = unzipSync(await readFile(file));
  for (const [name, change] of Object.entries(changes)) {
    const part = parts[name];
    if (change) parts[name] = strToU8(change(part ? Buffer.from(part).toString('utf8') : ''));
    else delete parts[name];
  }
  return zipSync(parts);
}
