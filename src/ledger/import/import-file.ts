import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { MonthIndex } from '../../core/month.ts';
import { type RandomBytes, systemRandom } from '../../core/random.ts';
import type { Pepper } from '../person-hash.ts';
import {
  findBatch,
  type ImportBatch,
  type ImportCounts,
  insertBatch,
  setBatchCounts,
} from '../store/batch.ts';
import { takeLock } from '../store/locks.ts';
import type { Store } from '../store/open-store.ts';
import { checkPepper } from '../store/persons.ts';
import type { Db } from '../store/tables.ts';
import { openBatchWriter } from './batch-writer.ts';
import type { Mapping } from './mapping.ts';
import { checkConstants } from './normalise-contribution.ts';
import { fileSize, hashFile, readCsv } from './read-csv.ts';

export interface ImportOptions {
  readonly file: string;
  readonly mapping: Mapping;
  readonly pepper: Pepper;
  /** The present month: nothing owed or settled later is taken. */
  readonly present: MonthIndex;
  readonly random?: RandomBytes;
  readonly onProgress?: (progress: ImportProgress) => void;
}

export interface ImportProgress {
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number;
}

export interface ImportReport {
  readonly batch: ImportBatch;
  /** The same file by the same mapping was in already: nothing was done. */
  readonly alreadyImported: boolean;
}

/**
 * Imports one export by its mapping, in one transaction: a killed import has done nothing. Bad rows
 * are refused and kept with their reason; the good ones of the file go in all the same.
 * @throws ledger.no_file, ledger.missing_column, ledger.duplicate_column, ledger.bad_csv,
 * ledger.file_changed, ledger.wrong_pepper, ledger.bad_region
 */
export async function importFile(store: Store, options: ImportOptions): Promise<ImportReport> {
  const { file, mapping } = options;
  if (mapping.kind === 'contributions') checkConstants(mapping);
  const totalBytes = await fileSize(file);
  const contentHash = await hashFile(file);
  const digest = importDigest(contentHash, mapping);
  return store.db.transaction().execute(async (trx) => {
    await takeLock(trx, 'import');
    await checkPepper(trx, options.pepper);
    const known = await findBatch(trx, digest);
    if (known) return { batch: known, alreadyImported: true };
    const readHash = await readInto(trx, options, digest, totalBytes);
    if (!readHash.equals(contentHash)) {
      throw new CanbaoError('ledger.file_changed', { file: basename(file) });
    }
    const batch = await findBatch(trx, digest);
    if (!batch) throw new CanbaoError('core.internal', { what: 'import batch' });
    return { batch, alreadyImported: false };
  });
}

/** What makes two imports the same: the bytes, and how they are read. */
function importDigest(contentHash: Uint8Array, { description: _, ...mapping }: Mapping): Buffer {
  return createHash('sha256').update(contentHash).update(JSON.stringify(mapping)).digest();
}

async function readInto(
  trx: Db,
  options: ImportOptions,
  digest: Uint8Array,
  totalBytes: number,
): Promise<Buffer> {
  const { file, mapping, onProgress } = options;
  const { source, kind } = mapping;
  const batch = await insertBatch(trx, { source, kind, fileName: basename(file), digest });
  const writer = await openBatchWriter(trx, batch, {
    mapping,
    pepper: options.pepper,
    present: options.present,
    random: options.random ?? systemRandom,
  });
  let counts: ImportCounts | undefined;
  const readHash = await readCsv(file, mapping, async (rows, bytes) => {
    counts = await writer.write(rows);
    onProgress?.({ rows: counts.rows, bytes, totalBytes });
  });
  if (counts) await setBatchCounts(trx, batch.id, counts);
  return readHash;
}
