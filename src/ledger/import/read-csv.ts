import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import iconv from 'iconv-lite';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type Mapping, mappedColumns } from './mapping.ts';
import type { Cells } from './read-field.ts';

/** One row of the file. `cells` is absent where the columns do not match the header. */
export interface CsvRow {
  /** Line in the file where the row ends, the header being line 1. */
  readonly line: number;
  readonly raw: readonly string[];
  readonly cells?: Cells;
  readonly columns: { readonly expected: number; readonly actual: number };
}

const BATCH_ROWS = 4000;
/** A row longer than this is an unclosed quote that would swallow the file. */
const MAX_ROW_CHARACTERS = 65_536;

/** @throws ledger.no_file */
export async function fileSize(file: string): Promise<number> {
  const info = await stat(file).catch((cause) => {
    throw new CanbaoError('ledger.no_file', { file: basename(file) }, cause);
  });
  if (!info.isFile()) throw new CanbaoError('ledger.no_file', { file: basename(file) });
  return info.size;
}

/** SHA-256 of the file's bytes. @throws ledger.no_file */
export async function hashFile(file: string): Promise<Buffer> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  } catch (cause) {
    throw new CanbaoError('ledger.no_file', { file: basename(file) }, cause);
  }
  return hash.digest();
}

/**
 * Streams a file's rows in batches, in constant memory.
 * @param onRows awaited, so a slow writer slows the reader; `bytes` were read so far
 * @returns SHA-256 of the bytes that were read
 * @throws ledger.bad_csv, ledger.missing_column, ledger.duplicate_column
 */
export async function readCsv(
  file: string,
  mapping: Mapping,
  onRows: (rows: CsvRow[], bytes: number) => Promise<void>,
): Promise<Buffer> {
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
      createReadStream(file),
      meter,
      iconv.decodeStream(mapping.encoding),
      parser,
      (parsed: AsyncIterable<ParsedRow>) =>
        takeRows(parsed, file, mapping, (rows) => onRows(rows, bytes)).catch((error) => {
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
  file: string,
  mapping: Mapping,
  onRows: (rows: CsvRow[]) => Promise<void>,
): Promise<void> {
  let header: string[] | undefined;
  let batch: CsvRow[] = [];
  for await (const { record, info } of parsed) {
    if (!header) {
      header = checkedHeader(record, mapping, file);
      continue;
    }
    batch.push(toRow(header, record, info.lines));
    if (batch.length === BATCH_ROWS) {
      await onRows(batch);
      batch = [];
    }
  }
  if (!header) checkedHeader([], mapping, file);
  await onRows(batch);
}

function checkedHeader(record: readonly string[], mapping: Mapping, file: string): string[] {
  const header = record.map((name) => name.trim());
  const facts = { file: basename(file), encoding: mapping.encoding };
  for (const column of mappedColumns(mapping)) {
    const found = header.filter((name) => name === column).length;
    if (found === 0) throw new CanbaoError('ledger.missing_column', { ...facts, column });
    if (found > 1) throw new CanbaoError('ledger.duplicate_column', { ...facts, column });
  }
  return header;
}

function toRow(header: readonly string[], raw: readonly string[], line: number): CsvRow {
  const columns = { expected: header.length, actual: raw.length };
  if (raw.length !== header.length) return { line, raw, columns };
  const cells: Record<string, string> = Object.create(null);
  for (let i = 0; i < header.length; i++) cells[header[i] ?? ''] = raw[i]?.trim() ?? '';
  return { line, raw, cells, columns };
}

function asBadCsv(error: unknown, file: string, line: number): unknown {
  if (!(error instanceof CsvError)) return error;
  // Only the code: the parser's message may quote the row.
  return new CanbaoError('ledger.bad_csv', { file: basename(file), line, reason: error.code });
}
