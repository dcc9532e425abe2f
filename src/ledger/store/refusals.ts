import { sql } from 'kysely';
import type { ErrorCode } from '../../core/errors/catalogue.ts';
import { bytesArray, intArray, textArray } from './columns.ts';
import type { Store } from './open-store.ts';
import { nextId } from './seen-keys.ts';
import type { Db } from './tables.ts';

/** A row that was not taken, and why. `code` and `facts` compose the sentence (`errorText`). */
export interface RefusedRow {
  readonly id: number;
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

export interface NewRefusal {
  readonly line: number;
  readonly field: string;
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string>>;
  readonly rowHash: Uint8Array;
  readonly cells: Readonly<Record<string, string>>;
}

/** Assumes the import lock. */
export async function insertRefusals(
  trx: Db,
  batchId: number,
  refusals: readonly NewRefusal[],
): Promise<void> {
  if (refusals.length === 0) return;
  const first = await nextId(trx, 'refused_row');
  await sql`insert into refused_row (id, batch_id, line, field, code, facts, row_hash, cells)
    select id, ${batchId}::int, line, field, code, facts::jsonb, row_hash, cells::jsonb
    from unnest(
      ${intArray(
        refusals.map((_, i) => first + i),
        'bigint',
      )},
      ${intArray(refusals.map(({ line }) => line))},
      ${textArray(refusals.map(({ field }) => field))},
      ${textArray(refusals.map(({ code }) => code))},
      ${textArray(refusals.map(({ facts }) => JSON.stringify(facts)))},
      ${bytesArray(refusals.map(({ rowHash }) => rowHash))},
      ${textArray(refusals.map(({ cells }) => JSON.stringify(cells)))}
    ) as refusal (id, line, field, code, facts, row_hash, cells)`.execute(trx);
}

/**
 * Refused rows in file order, of one batch or of all, at most `limit`.
 * @param options.after only those behind this id
 */
export async function listRefusals(
  store: Pick<Store, 'db'>,
  options: { batchId?: number; limit?: number; after?: number } = {},
): Promise<RefusedRow[]> {
  const { batchId, limit = 1000, after } = options;
  const rows = await store.db
    .selectFrom('refused_row')
    .innerJoin('import_batch', 'import_batch.id', 'refused_row.batch_id')
    .innerJoin('source', 'source.id', 'import_batch.source_id')
    .select(['refused_row.id', 'batch_id', 'file_name', 'source.name as source', 'line', 'field'])
    .select(['code', sql<Record<string, string>>`facts`.as('facts')])
    .select([sql<Record<string, string>>`cells`.as('cells')])
    .$if(batchId !== undefined, (query) => query.where('batch_id', '=', batchId ?? 0))
    .$if(after !== undefined, (query) => query.where('refused_row.id', '>', after ?? 0))
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

/** All refused rows of a batch in file order, some thousand in memory at a time. */
export async function* eachRefusal(
  store: Pick<Store, 'db'>,
  batchId: number,
): AsyncGenerator<RefusedRow> {
  let after = 0;
  for (;;) {
    const page = await listRefusals(store, { batchId, after, limit: 2000 });
    yield* page;
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
  }
}
