import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type BackupHeader, backupHeader, endLine, rowLine, tableLine } from './format.ts';

/** A table of a backup; its rows are read once, before the next table. */
export interface BackedUpTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: AsyncIterable<readonly (string | null)[]>;
}

export interface OpenBackup {
  readonly header: BackupHeader;
  readonly tables: AsyncIterable<BackedUpTable>;
  close(): void;
}

/**
 * Opens a backup whose seal is checked.
 * @param length of the first member
 * @throws backup.not_backup, and while its tables are read
 */
export async function openBackup(path: string, length: number): Promise<OpenBackup> {
  const file = createReadStream(path, { end: length - 1 });
  const gunzip = createGunzip();
  file.on('error', (error) => gunzip.destroy(error)).pipe(gunzip);
  const lines = eachLine(gunzip);
  const next = async (): Promise<unknown> => {
    const { done, value } = await lines.next();
    if (done) throw malformed('it ends too early');
    try {
      return JSON.parse(value);
    } catch {
      throw malformed('a line that is not JSON');
    }
  };
  return {
    header: expect(backupHeader, await next()),
    tables: readTables(next),
    close() {
      file.destroy();
      gunzip.destroy();
    },
  };
}

/** Rows may hold whatever else counts as the end of a line somewhere. */
async function* eachLine(bytes: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of bytes) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (cause) {
    throw new CanbaoError('backup.not_backup', { reason: 'not gzip' }, cause);
  }
}

async function* readTables(next: () => Promise<unknown>): AsyncGenerator<BackedUpTable> {
  let total = 0;
  for (;;) {
    const line = await next();
    const end = endLine.safeParse(line);
    if (end.success && end.data.end === 'backup') {
      if (end.data.rows !== total) throw malformed('rows are missing');
      return;
    }
    const { table, columns } = expect(tableLine, line);
    yield {
      ...{ name: table, columns },
      rows: readRows(next, table, columns.length, (rows) => {
        total += rows;
      }),
    };
  }
}

async function* readRows(
  next: () => Promise<unknown>,
  table: string,
  width: number,
  count: (rows: number) => void,
): AsyncGenerator<readonly (string | null)[]> {
  for (let rows = 0; ; rows++) {
    const line = await next();
    if (!Array.isArray(line)) {
      const end = expect(endLine, line);
      if (end.end !== table || end.rows !== rows) throw malformed(`rows of ${table} are missing`);
      return count(rows);
    }
    const row = expect(rowLine, line);
    if (row.length !== width) throw malformed(`a row of ${table} has another width`);
    yield row;
  }
}

function expect<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (!read.success) throw malformed('a line of another form');
  return read.data;
}

function malformed(reason: string): CanbaoError {
  return new CanbaoError('backup.not_backup', { reason });
}
