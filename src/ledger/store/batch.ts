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
  /** Kept apart with their reason; see `listRefusals`. */
  readonly refused: number;
  readonly newPersons: number;
}

/** Of a file of which nothing is in yet. */
export const noCounts: ImportCounts = {
  ...{ rows: 0, added: 0, corrected: 0, unchanged: 0, duplicates: 0, refused: 0, newPersons: 0 },
};

/** A file in the ledger. */
export interface ImportBatch extends ImportCounts {
  readonly id: number;
  readonly source: string;
  readonly kind: FileKind;
  readonly fileName: string;
  readonly importedAt: Date;
}

function batchQuery(db: Db) {
  return db
    .selectFrom('import_batch')
    .innerJoin('source', 'source.id', 'import_batch.source_id')
    .select(['import_batch.id', 'kind', 'file_name', 'counts', 'imported_at', 'source.name'])
    .where('state', '=', 'done');
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

/** Imported files, oldest first; not one that is still being imported. */
export async function listBatches(store: Pick<Store, 'db'>): Promise<ImportBatch[]> {
  return (await batchQuery(store.db).orderBy('import_batch.id').execute()).map(toBatch);
}

/** The batch of a digest, if all of that file is in. */
export async function findBatch(db: Db, digest: Uint8Array): Promise<ImportBatch | undefined> {
  const row = await batchQuery(db).where('digest', '=', digest).executeTakeFirst();
  return row && toBatch(row);
}
