import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { checkHeader } from './check-header.ts';
import { type FileRow, type OnRows, outOfStep, type RowRange, STEP_ROWS } from './file-row.ts';
import { fileSize } from './hash-file.ts';
import type { Mapping } from './mapping.ts';
import type { Cells } from './read-field.ts';

/** A row longer than this is an unclosed quote that would swallow the file. */
const MAX_ROW_CHARACTERS = 65_536;
const READ_BYTES = 2 ** 18;
/** What the parser itself reads. */
const isUtf8 = (encoding: string) => /^utf-?8$/i.test(encoding);

/**
 * Streams a file's rows in batches, in constant memory.
 * @param onRows awaited, so a slow writer slows the reader
 * @returns SHA-256 of the bytes that were read
 * @throws ledger.bad_csv, ledger.missing_column, ledger.duplicate_column
 */
export async function readCsv(
  file: string,
  mapping: Mapping,
  range: RowRange,
  onRows: OnRows,
): Promise<Buffer> {
  const totalBytes = await fileSize(file);
  const hash = createHash('sha256');
  let bytes = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const parser = parse({
    delimiter: mapping.delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  // Thrown in the pipeline's last step, an error may reach the caller as a bare AbortError.
  let failure: unknown;
  try {
    await pipeline(
      createReadStream(file, { highWaterMark: READ_BYTES }),
      meter,
      isUtf8(mapping.encoding) ? new PassThrough() : iconv.decodeStream(mapping.encoding),
      parser,
      (parsed: AsyncIterable<ParsedRow>) =>
        takeRows(parsed, { file, mapping, ...range }, (rows) =>
          onRows(rows, { bytes, totalBytes }),
        ).catch((error) => {
          failure = error;
          throw error;
        }),
    );
  } catch (error) {
    const aborted = error instanceof Error && error.name === 'AbortError';
    throw asBadCsv(aborted ? (failure ?? error) : error, file, parser.info.lines);
  }
  return hash.digest();
}

interface ParsedRow {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

async function takeRows(
  parsed: AsyncIterable<ParsedRow>,
  { file, mapping, skip, stepRows = STEP_ROWS }: { file: string; mapping: Mapping } & RowRange,
  onRows: (rows: FileRow[]) => Promise<void>,
): Promise<void> {
  let columns: ReadonlyMap<string, number> | undefined;
  let width = 0;
  let passed = 0;
  let batch: FileRow[] = [];
  for await (const { record, info } of parsed) {
    if (!columns) {
      width = record.length;
      columns = new Map(checkHeader(record, mapping, file).map((name, i) => [name, i]));
    } else if (passed < skip) passed++;
    else if (record.length !== width) batch.push(outOfStep(info.lines, record, width));
    else batch.push({ line: info.lines, raw: record, cells: new RowCells(columns, record) });
    if (batch.length === stepRows) {
      await onRows(batch);
      batch = [];
    }
  }
  if (!columns) checkHeader([], mapping, file);
  await onRows(batch);
}

/** Cells by name without an object of their own: a long file has many rows. */
class RowCells implements Cells {
  readonly #columns: ReadonlyMap<string, number>;
  readonly #raw: readonly string[];
  constructor(columns: ReadonlyMap<string, number>, raw: readonly string[]) {
    this.#columns = columns;
    this.#raw = raw;
  }
  get(column: string): string | undefined {
    return this.#raw[this.#columns.get(column) ?? -1]?.trim();
  }
}

function asBadCsv(error: unknown, file: string, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  // Only the code: the parser's message may quote the row.
  return new CanbaoError('ledger.bad_csv', { file: basename(file), line, reason: error.code });
}
