import { sql } from 'kysely';
import type { ContributionRecord } from '../record.ts';
import type { Held } from './classify.ts';
import { intArray } from './columns.ts';
import { type RecordColumns, UNSETTLED } from './record-columns.ts';
import type { SeenKeys } from './seen-keys.ts';
import type { Db } from './tables.ts';
import type { UnfinishedImport } from './unfinished-import.ts';

/** account 32 bits | month 12 | insurance 3: below 2^47, so a number holds it. */
export const recordKey = (accountIndex: number, month: number, insurance: number) =>
  (accountIndex * 4096 + month) * 8 + insurance;

type Content = Pick<
  ContributionRecord,
  'settled' | 'baseFen' | 'region' | 'employer' | 'category' | 'paid'
>;

/** All that a version says beside its key. */
function contentOf(version: { readonly [K in keyof Content]: unknown }): string {
  const { settled, baseFen, region, employer, category, paid } = version;
  return [settled ?? '', baseFen, region, employer ?? '', category, paid ? 1 : 0].join('|');
}

/** The content of record `i`, as {@link Held} has it. */
export function contentAt(records: RecordColumns, i: number): string {
  return contentOf({
    settled: records.settled[i] === UNSETTLED ? null : records.settled[i],
    baseFen: records.baseFen[i],
    region: records.region[i],
    employer: records.employers[records.employer[i] ?? -1],
    category: records.category[i],
    paid: records.paid[i],
  });
}

/** Whose records, of which months. */
export interface Asked {
  readonly accounts: readonly number[];
  readonly firstMonth: number;
  readonly lastMonth: number;
}

/** What may be known already of some records: their persons, and the months they lie in. */
export function knownAmong(account: Float64Array, month: Int16Array, firstNew: number): Asked {
  const accounts = new Set<number>();
  let [firstMonth, lastMonth] = [Number.POSITIVE_INFINITY, 0];
  account.forEach((index, i) => {
    if (index >= firstNew) return;
    accounts.add(index);
    firstMonth = Math.min(firstMonth, month[i] ?? 0);
    lastMonth = Math.max(lastMonth, month[i] ?? 0);
  });
  return { accounts: [...accounts], firstMonth, lastMonth };
}

/** Effective versions by key, of some persons between two months. */
export async function effectiveRecords(
  trx: Db,
  batch: UnfinishedImport,
  { accounts, firstMonth, lastMonth }: Asked,
  seen: SeenKeys,
): Promise<Map<number, Held>> {
  const held = new Map<number, Held>();
  if (accounts.length === 0) return held;
  const found = await trx
    .selectFrom('record')
    .innerJoin('source', 'source.id', 'record.source_id')
    .selectAll('record')
    .select('source.name as source')
    .where('superseded_by', 'is', null)
    .where(sql<boolean>`account_index in (select unnest(${intArray(accounts, 'bigint')}))`)
    // Rows of a file come person by person, so whole persons between two months are close enough.
    .where('month', '>=', firstMonth)
    .where('month', '<=', lastMonth)
    .execute();
  for (const row of found) {
    const content = contentOf({ ...row, baseFen: row.base_fen });
    const key = recordKey(row.account_index, row.month, row.insurance);
    held.set(key, { id: row.id, content, source: row.source, thisFile: row.batch_id === batch.id });
  }
  const others = [...held].filter(([, row]) => !row.thisFile);
  const said = await seen.among(
    trx,
    others.map(([key]) => key),
  );
  for (const key of said) {
    const row = held.get(key);
    if (row) held.set(key, { ...row, thisFile: true });
  }
  return held;
}
