import { sql } from 'kysely';
import type { ErrorCode } from '../../core/errors/catalogue.ts';
import type { Store } from './open-store.ts';
import type { Db } from './tables.ts';

/** What an export's rows are about. */
export type FileKind = 'contributions' | 'persons';

/** What an import did, in rows or records. */
export interface ImportCounts {
  /** Data rows in the file. */
  readonly rows: number;
  /** New keys. */
  readonly added: number;
  /** Superseded earlier versions of the same source. */
  readonly corrected: number;
  /** Already known from an earlier file. */
  readonly unchanged: number;
  /** Said twice in this file with the same content. */
  readonly duplicates: number;
  /** Kept apart with their reason; see {@link listRefusals}. */
  readonly refused: number;
  readonly newPersons: number;
}

/** A file in the ledger. */
export interface ImportBatch extends ImportCounts {
  readonly id: number;
  readonly source: string;
  readonly kind: FileKind;
  readonly fileName: string;
  readonly importedAt: Date;
}

/** A row that was not taken, and why. `code` and `facts` compose the sentence (`errorText`). */
export interface RefusedRow {
  readonly batchId: number;
  readonly fileName: string;
  readonly source: string;
  readonly line: number;
  /** Column at fault; empty where it is the row as a whole. */
  readonly field: string;
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string>>;
  /** Redacted: mapped columns only, without the person's. */
  readonly cells: Readonly<Record<string, string>>;
}

function batchQuery(db: Db) {
  return db
    .selectFrom('import_batch')
    .innerJoin('source', 'source.id', 'import_batch.source_id')
    .select(['import_batch.id', 'kind', 'file_name', 'counts', 'imported_at', 'source.name']);
}

type BatchRow = Awaited<ReturnType<ReturnType<typeof batchQuery>['execute']>>[number];

function toBatch(row: BatchRow): ImportBatch {
  return {
    // jsonb arrives parsed.
    ...(row.counts as unknown as ImportCounts),
    id: row.id,
    source: row.name,
    kind: row.kind as FileKind,
    fileName: row.file_name,
    importedAt: row.imported_at,
  };
}

/** Imported files, oldest first. */
export async function listBatches(store: Store): Promise<ImportBatch[]> {
  return (await batchQuery(store.db).orderBy('import_batch.id').execute()).map(toBatch);
}

/** The batch of a digest, if that file is in. */
export async function findBatch(db: Db, digest: Uint8Array): Promise<ImportBatch | undefined> {
  const row = await batchQuery(db).where('digest', '=', digest).executeTakeFirst();
  return row && toBatch(row);
}

export interface NewBatch {
  readonly id: number;
  readonly source: string;
  readonly sourceId: number;
}

/** Opens a batch; it exists once its transaction commits. */
export async function insertBatch(
  trx: Db,
  batch: { source: string; kind: string; fileName: string; digest: Uint8Array },
): Promise<NewBatch> {
  await trx
    .insertInto('source')
    .values({ name: batch.source })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const source = await trx
    .selectFrom('source')
    .select('id')
    .where('name', '=', batch.source)
    .executeTakeFirstOrThrow();
  const { id } = await trx
    .insertInto('import_batch')
    .values({
      source_id: source.id,
      kind: batch.kind,
      file_name: batch.fileName,
      digest: batch.digest,
      counts: '{}',
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, source: batch.source, sourceId: source.id };
}

export async function setBatchCounts(trx: Db, id: number, counts: ImportCounts): Promise<void> {
  await trx
    .updateTable('import_batch')
    .set({ counts: JSON.stringify(counts) })
    .where('id', '=', id)
    .execute();
}

export interface NewRefusal {
  readonly line: number;
  readonly field: string;
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string>>;
  readonly rowHash: Uint8Array;
  readonly cells: Readonly<Record<string, string>>;
}

const REFUSALS_A_STATEMENT = 500;

export async function insertRefusals(
  trx: Db,
  batchId: number,
  refusals: readonly NewRefusal[],
): Promise<void> {
  for (let i = 0; i < refusals.length; i += REFUSALS_A_STATEMENT) {
    const values = refusals.slice(i, i + REFUSALS_A_STATEMENT).map((refusal) => ({
      batch_id: batchId,
      line: refusal.line,
      field: refusal.field,
      code: refusal.code,
      facts: JSON.stringify(refusal.facts),
      row_hash: refusal.rowHash,
      cells: JSON.stringify(refusal.cells),
    }));
    await trx.insertInto('refused_row').values(values).execute();
  }
}

/** Refused rows in file order, of one batch or of all, at most `limit`. */
export async function listRefusals(
  store: Store,
  options: { batchId?: number; limit?: number } = {},
): Promise<RefusedRow[]> {
  const { batchId, limit = 1000 } = options;
  const rows = await store.db
    .selectFrom('refused_row')
    .innerJoin('import_batch', 'import_batch.id', 'refused_row.batch_id')
    .innerJoin('source', 'source.id', 'import_batch.source_id')
    .select(['batch_id', 'file_name', 'source.name as source', 'line', 'field', 'code'])
    .select([sql<Record<string, string>>`facts`.as('facts')])
    .select([sql<Record<string, string>>`cells`.as('cells')])
    .$if(batchId !== undefined, (query) => query.where('batch_id', '=', batchId ?? 0))
    .orderBy('refused_row.id')
    .limit(limit)
    .execute();
  return rows.map(({ batch_id, file_name, ...row }) => ({
    ...row,
    batchId: batch_id,
    fileName: file_name,
    code: row.code as ErrorCode,
  }));
}
