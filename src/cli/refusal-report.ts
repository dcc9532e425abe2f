import { once } from 'node:events';
import { type FileHandle, mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { CanbaoError, type Language } from '../core/errors/canbao-error.ts';
import { refusalCells, refusalCsv } from '../ledger/store/refusal-csv.ts';
import type { RefusedRow } from '../ledger/store/refusals.ts';

/** A CSV file of refused rows. */
export interface RefusalReport {
  /** @throws cli.unwritable */
  add(rows: AsyncIterable<RefusedRow>): Promise<void>;
  /** @throws cli.unwritable */
  close(): Promise<void>;
}

/**
 * Begins a report for a spreadsheet. Opened before the work it reports on, so that a path nobody can write to shows first.
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
  const csv = refusalCsv(language);
  const written = pipeline(csv, handle.createWriteStream()).catch(unwritable);
  written.catch(() => {});
  return {
    async add(rows) {
      for await (const row of rows) {
        if (!csv.write(refusalCells(row, language)))
          await Promise.race([once(csv, 'drain'), written]);
      }
    },
    async close() {
      csv.end();
      await written;
    },
  };
}
