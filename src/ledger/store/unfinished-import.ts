import { sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type MonthIndex, toMonthIndex } from '../../core/month.ts';
import { type ImportCounts, noCounts } from './batch.ts';
import { importSession } from './import-session.ts';
import { cutBack, type LedgerEnd, ledgerEnd } from './ledger-end.ts';
import type { Store } from './open-store.ts';
import type { Db } from './tables.ts';

export interface NewImport {
  readonly source: string;
  readonly kind: string;
  readonly fileName: string;
  /** SHA-256 of file and mapping. */
  readonly digest: Uint8Array;
  readonly present: MonthIndex;
}

/** An import that has begun: what of the file is in, and what the ledger held before. */
export interface UnfinishedImport extends NewImport {
  readonly id: number;
  readonly sourceId: number;
  /** Of the rows that are in. */
  readonly counts: ImportCounts;
  readonly before: LedgerEnd;
}

/** The import under way or cut short, if there is one. */
export async function unfinishedImport(db: Db): Promise<UnfinishedImport | undefined> {
  const row = await db
    .selectFrom('import_batch')
    .innerJoin('source', 'source.id', 'import_batch.source_id')
    .selectAll('import_batch')
    .select('source.name as source')
    .where('state', '=', 'importing')
    .executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    sourceId: row.source_id,
    source: row.source,
    kind: row.kind,
    fileName: row.file_name,
    digest: row.digest,
    present: toMonthIndex(row.present ?? 0),
    // jsonb arrives parsed.
    counts: row.counts as unknown as ImportCounts,
    before: {
      accountCount: row.account_count ?? 0,
      employerCount: row.employer_count ?? 0,
      recordCutoff: row.record_cutoff ?? 0,
      factsCutoff: row.facts_cutoff ?? 0,
    },
  };
}

/** Begins an import. Assumes the import lock, and that none is unfinished. */
export async function beginImport(trx: Db, batch: NewImport): Promise<UnfinishedImport> {
  const before = await ledgerEnd(trx);
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
      state: 'importing',
      source_id: source.id,
      kind: batch.kind,
      file_name: batch.fileName,
      digest: batch.digest,
      counts: JSON.stringify(noCounts),
      present: batch.present,
      account_count: before.accountCount,
      employer_count: before.employerCount,
      record_cutoff: before.recordCutoff,
      facts_cutoff: before.factsCutoff,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { ...batch, id, sourceId: source.id, counts: noCounts, before };
}

/** Writes down how far an import has come, in the step that took it there. */
export async function setImportCounts(trx: Db, id: number, counts: ImportCounts): Promise<void> {
  await trx
    .updateTable('import_batch')
    .set({ counts: JSON.stringify(counts) })
    .where('id', '=', id)
    .execute();
}

/** All of the file is in: epochs see it from now on. */
export async function finishImport(trx: Db, id: number): Promise<void> {
  await trx
    .updateTable('import_batch')
    .set({ state: 'done', imported_at: sql<Date>`now()` })
    .where('id', '=', id)
    .execute();
  await sql`truncate import_seen_key`.execute(trx);
}

/**
 * Undoes an unfinished import: the ledger is what it was before. Imports are one after another, so
 * all that one has written lies behind where the ledger ended. Assumes the import lock.
 */
export async function undoImport(trx: Db, { id, sourceId, before }: UnfinishedImport) {
  await cutBack(trx, before);
  await trx.deleteFrom('refused_row').where('batch_id', '=', id).execute();
  await trx.deleteFrom('import_batch').where('id', '=', id).execute();
  await trx
    .deleteFrom('source')
    .where('id', '=', sourceId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('import_batch').select('id').where('source_id', '=', sourceId))),
    )
    .execute();
  await sql`truncate import_seen_key`.execute(trx);
}

/**
 * Gives up the import that was cut short.
 * @returns what it was
 * @throws ledger.no_unfinished_import
 */
export function abandonImport(store: Store): Promise<UnfinishedImport> {
  return importSession(store, ({ step }) =>
    step(async (trx) => {
      const unfinished = await unfinishedImport(trx);
      if (!unfinished) throw new CanbaoError('ledger.no_unfinished_import');
      await undoImport(trx, unfinished);
      return unfinished;
    }),
  );
}
