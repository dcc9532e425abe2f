import { sql } from 'kysely';
import type { RandomBytes } from '../../core/random.ts';
import type { CreditCode } from '../employer.ts';
import type { ContributionRecord } from '../record.ts';
import { classify, type Held, type Outcome } from './classify.ts';
import { intArray, numberArray, textArray } from './columns.ts';
import { openEmployerDirectory } from './employers.ts';
import { ledgerEnd } from './ledger-end.ts';
import { pickRecords, type RecordColumns, UNSETTLED } from './record-columns.ts';
import { type SeenKeys, seenKeys } from './seen-keys.ts';
import { supersede } from './supersede.ts';
import type { Db } from './tables.ts';
import type { UnfinishedImport } from './unfinished-import.ts';

export interface RecordWriter {
  /**
   * In file order; outcomes in the same order. Some ten thousand rows at a time.
   * @param accounts of the persons that `records` refer to
   * @param firstNew accounts from here on were made for these rows, so nothing is known of them
   */
  write(
    trx: Db,
    records: RecordColumns,
    accounts: readonly number[],
    firstNew: number,
  ): Promise<Outcome[]>;
}

/** account 32 bits | month 12 | insurance 3: below 2^47, so a number holds it. */
const recordKey = (accountIndex: number, month: number, insurance: number) =>
  (accountIndex * 4096 + month) * 8 + insurance;

/**
 * Writes the records of one import, and gives a place to every employer they are the first to name.
 * Assumes the import lock.
 */
export async function openRecordWriter(
  trx: Db,
  batch: UnfinishedImport,
  random: RandomBytes,
): Promise<RecordWriter> {
  let id = (await ledgerEnd(trx)).recordCutoff + 1;
  const seen = await seenKeys(trx);
  const employers = await openEmployerDirectory(trx, random);

  async function write(
    trx: Db,
    records: RecordColumns,
    accounts: readonly number[],
    firstNew: number,
  ): Promise<Outcome[]> {
    const { person, month, insurance } = records;
    if (person.length === 0) return [];
    const account = Float64Array.from(person, (index) => accounts[index] ?? 0);
    const keys = Array.from(account, (index, i) =>
      recordKey(index, month[i] ?? 0, insurance[i] ?? 0),
    );
    const held = await effectiveRecords(trx, batch, knownAmong(account, month, firstNew), seen);
    const outcomes = classify(keys, (i) => contentAt(records, i), held, batch.source);
    await seen.add(
      trx,
      keys.filter((_, i) => outcomes[i]?.kind === 'unchanged'),
    );

    const superseded: number[] = [];
    const superseding: number[] = [];
    const chosen: number[] = [];
    outcomes.forEach((outcome, i) => {
      if (outcome.kind === 'corrected') {
        superseded.push(outcome.supersedes);
        superseding.push(id + chosen.length);
      }
      if (outcome.kind === 'added' || outcome.kind === 'corrected') chosen.push(i);
    });
    const fresh = pickRecords(records, chosen);
    await supersede(trx, 'record', superseded, superseding);
    await insertRecords(trx, batch, fresh, accounts, id);
    id += chosen.length;
    await employers.see(trx, namedIn(fresh));
    return outcomes;
  }

  return { write };
}

/** Employers in the order in which records name them. */
function namedIn({ employer, employers }: RecordColumns): CreditCode[] {
  return [...new Set(employer)].flatMap((index) => employers[index] ?? []);
}

type Content = Pick<
  ContributionRecord,
  'settled' | 'baseFen' | 'region' | 'employer' | 'category' | 'paid'
>;

/** All that a version says beside its key. */
function contentOf(version: { readonly [K in keyof Content]: unknown }): string {
  const { settled, baseFen, region, employer, category, paid } = version;
  return [settled ?? '', baseFen, region, employer ?? '', category, paid ? 1 : 0].join('|');
}

function contentAt(records: RecordColumns, i: number): string {
  return contentOf({
    settled: records.settled[i] === UNSETTLED ? null : records.settled[i],
    baseFen: records.baseFen[i],
    region: records.region[i],
    employer: records.employers[records.employer[i] ?? -1],
    category: records.category[i],
    paid: records.paid[i],
  });
}

interface Asked {
  readonly accounts: readonly number[];
  readonly firstMonth: number;
  readonly lastMonth: number;
}

/** What may be known already of some records: their persons, and the months they lie in. */
function knownAmong(account: Float64Array, month: Int16Array, firstNew: number): Asked {
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

async function effectiveRecords(
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
    .where(sql<boolean>`account_index = any(${intArray(accounts, 'bigint')})`)
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

async function insertRecords(
  trx: Db,
  batch: UnfinishedImport,
  records: RecordColumns,
  accounts: readonly number[],
  firstId: number,
): Promise<void> {
  const { person, employer, employers } = records;
  if (person.length === 0) return;
  const ids = Float64Array.from(person, (_, i) => firstId + i);
  const account = Float64Array.from(person, (index) => accounts[index] ?? 0);
  const codes = Array.from(employer, (index) => employers[index] ?? null);
  await sql`insert into record (id, account_index, insurance, month, settled, base_fen, region,
      employer, category, paid, line, source_id, batch_id)
    select id, account, insurance, month, nullif(settled, ${UNSETTLED}::smallint), base_fen, region,
      employer, category, paid = 1, line, ${batch.sourceId}::int, ${batch.id}::int
    from unnest(
      ${numberArray(ids, 'bigint')}, ${numberArray(account, 'bigint')},
      ${numberArray(records.insurance, 'smallint')}, ${numberArray(records.month, 'smallint')},
      ${numberArray(records.settled, 'smallint')}, ${numberArray(records.baseFen, 'bigint')},
      ${numberArray(records.region)}, ${textArray(codes)},
      ${numberArray(records.category, 'smallint')}, ${numberArray(records.paid, 'smallint')},
      ${numberArray(records.line)}
    ) as fresh (id, account, insurance, month, settled, base_fen, region, employer, category,
      paid, line)`.execute(trx);
}
