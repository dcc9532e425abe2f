import { once } from 'node:events';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { CanbaoError, errorText, type Language } from '../core/errors/canbao-error.ts';
import type { RefusedRow } from '../ledger/store/refusals.ts';

const HEADERS: Record<Language, string[]> = {
  en: ['file', 'source', 'line', 'field', 'code', 'reason', 'cells'],
  zh: ['文件', '来源', '行', '列', '代码', '原因', '单元格'],
};

/** A CSV file of refused rows. */
export interface RefusalReport {
  /** @throws cli.unwritable */
  add(rows: AsyncIterable<RefusedRow>): Promise<void>;
  /** @throws cli.unwritable */
  close(): Promise<void>;
}

/**
 * Begins a report for a spreadsheet: UTF-8 with a byte order mark, and no cell that begins like a
 * formula is one. Opened before the work it reports on, so that a path nobody can write to shows first.
 * @throws cli.unwritable
 */
export async function openRefusalReport(path: string, language: Language): Promise<RefusalReport> {
  const unwritable = (cause: unknown): never => {
    const reason = (cause as NodeJS.ErrnoException).code ?? 'unknown';
    throw new CanbaoError('cli.unwritable', { path, reason }, cause);
  };
  const handle: FileHandle = await mkdir(dirname(path), { recursive: true })
    .then(() => open(path, 'w'))
    .catch(unwritable);
  const csv = stringify({
    bom: true,
    header: true,
    columns: HEADERS[language],
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  const written = pipeline(csv, handle.createWriteStream()).catch(unwritable);
  written.catch(() => {});
  return {
    async add(rows) {
      for await (const row of rows) {
        if (!csv.write(line(row, language))) await Promise.race([once(csv, 'drain'), written]);
      }
    },
    async close() {
      csv.end();
      await written;
    },
  };
}

function line(row: RefusedRow, language: Language): string[] {
  const { fileName, source, field, code, facts, cells } = row;
  const kept = Object.entries(cells).map(([column, text]) => `${column}=${text}`);
  const reason = errorText(code, facts, language);
  return [fileName, source, String(row.line), field, code, reason, kept.join('; ')];
}
