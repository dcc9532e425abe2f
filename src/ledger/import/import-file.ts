import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { MonthIndex } from '../../core/month.ts';
import { type RandomBytes, systemRandom } from '../../core/random.ts';
import type { Pepper } from '../person-hash.ts';
import { findBatch, type ImportBatch } from '../store/batch.ts';
import { type ImportSession, importSession, rehearsal } from '../store/import-session.ts';
import type { Store } from '../store/open-store.ts';
import { checkPepper } from '../store/persons.ts';
import type { Db } from '../store/tables.ts';
import {
  beginImport,
  finishImport,
  type UnfinishedImport,
  undoImport,
  unfinishedImport,
} from '../store/unfinished-import.ts';
import { openBatchWriter } from './batch-writer.ts';
import { hashFile } from './hash-file.ts';
import type { Mapping } from './mapping.ts';
import { checkConstants } from './normalise-contribution.ts';
import { openStepReader } from './open-step-reader.ts';
import { type ImportProgress, paceMeter } from './pace.ts';

export interface ImportOptions {
  readonly file: string;
  readonly mapping: Mapping;
  readonly pepper: Pepper;
  /** The present month: nothing owed or settled later is taken. */
  readonly present: MonthIndex;
  readonly random?: RandomBytes;
  /** Rows that are committed together. */
  readonly stepRows?: number;
  /** Called as each step is committed. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Milliseconds, for the pace. */
  readonly now?: () => number;
}

export interface ImportReport {
  readonly batch: ImportBatch;
  /** The same file by the same mapping was in already: nothing was done. */
  readonly alreadyImported: boolean;
  /** Rows an earlier run, cut short, had brought in. */
  readonly resumedRows: number;
}

/**
 * Imports one export by its mapping, step by step: killed at any moment, the same import again goes
 * on behind the last step, and the ledger comes out as if nothing had happened. Bad rows are refused
 * and kept with their reason; the good ones of the file go in all the same. A file that cannot be
 * read to its end leaves nothing behind.
 * @throws ledger.no_file, ledger.missing_column, ledger.duplicate_column, ledger.bad_csv,
 * ledger.bad_xlsx, ledger.unknown_sheet, ledger.file_changed, ledger.wrong_pepper,
 * ledger.bad_region, ledger.import_unfinished, ledger.unfinished_changed
 */
export function importFile(store: Store, options: ImportOptions): Promise<ImportReport> {
  return importSession(store, (session) => importInto(session, options));
}

/**
 * Imports as {@link importFile} does, and takes everything back.
 * @param work sees the ledger with the files it has imported in it
 */
export function rehearseImports<T>(
  store: Store,
  work: (
    importOne: (options: ImportOptions) => Promise<ImportReport>,
    ledger: Pick<Store, 'db'>,
  ) => Promise<T>,
): Promise<T> {
  return rehearsal(store, (session, db) => work((options) => importInto(session, options), { db }));
}

async function importInto(session: ImportSession, options: ImportOptions): Promise<ImportReport> {
  const { file, mapping } = options;
  if (mapping.kind === 'contributions') checkConstants(mapping);
  const contentHash = await hashFile(file);
  const digest = importDigest(contentHash, mapping);
  const begun = await session.step(async (trx) => {
    await checkPepper(trx, options.pepper);
    return (await findBatch(trx, digest)) ?? (await beginOrGoOn(trx, options, digest));
  });
  if ('importedAt' in begun) return { batch: begun, alreadyImported: true, resumedRows: 0 };
  try {
    const readHash = await writeAll(session, options, begun);
    if (!contentHash.equals(readHash)) {
      throw new CanbaoError('ledger.file_changed', { file: basename(file) });
    }
    const batch = await session.step(async (trx) => {
      await finishImport(trx, begun.id);
      return findBatch(trx, digest);
    });
    if (!batch) throw new CanbaoError('core.internal', { what: 'import batch' });
    return { batch, alreadyImported: false, resumedRows: begun.counts.rows };
  } catch (error) {
    // The file's fault. After one of the database the import can go on where it is.
    if (error instanceof CanbaoError) await session.step((trx) => undoImport(trx, begun));
    throw error;
  }
}

/** What makes two imports the same: the bytes, and how they are read. */
function importDigest(contentHash: Uint8Array, { description: _, ...mapping }: Mapping): Buffer {
  return createHash('sha256').update(contentHash).update(JSON.stringify(mapping)).digest();
}

async function beginOrGoOn(
  trx: Db,
  { file, mapping, present }: ImportOptions,
  digest: Buffer,
): Promise<UnfinishedImport> {
  const fileName = basename(file);
  const unfinished = await unfinishedImport(trx);
  if (!unfinished) {
    const { source, kind } = mapping;
    return beginImport(trx, { source, kind, fileName, digest, present });
  }
  if (digest.equals(unfinished.digest)) return unfinished;
  const isChanged = unfinished.fileName === fileName && unfinished.source === mapping.source;
  throw new CanbaoError(isChanged ? 'ledger.unfinished_changed' : 'ledger.import_unfinished', {
    file: unfinished.fileName,
    source: unfinished.source,
  });
}

/** @returns SHA-256 of the bytes that were read */
async function writeAll(
  session: ImportSession,
  { file, mapping, pepper, random = systemRandom, stepRows, onProgress, now }: ImportOptions,
  batch: UnfinishedImport,
): Promise<Uint8Array> {
  const { present, counts } = batch;
  const range = { skip: counts.rows, stepRows };
  const reader = await openStepReader({ file, mapping, pepper, present, range });
  // Steps are read and judged while those before them are being written.
  let writing: Promise<void> = Promise.resolve();
  let isOver = false;
  try {
    const writer = await session.step((trx) => openBatchWriter(trx, batch, reader, random));
    const pace = paceMeter(now ?? (() => performance.now()), counts.rows);
    return await reader.read(async (step) => {
      await writing;
      // The file turned out to be broken meanwhile: nothing of it may be written behind the undoing.
      if (isOver) return;
      writing = session
        .step((trx) => writer.write(trx, step))
        .then((written) => onProgress?.(pace(written.rows, step.share)));
      writing.catch(() => {});
    });
  } finally {
    isOver = true;
    await writing.finally(() => reader.close());
  }
}
