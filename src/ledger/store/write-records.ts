import { sql } from 'kysely';
import type { RandomBytes } from '../../core/random.ts';
import type { CreditCode } from '../employer.ts';
import type { ContributionRecord } from '../record.ts';
import { classify, type Held, type Outcome } from './classify.ts';
import { boolArray, intArray, textArray } from './columns.ts';
import { openEmployerDirectory } from './employers.ts';
import { ledgerEnd } from './ledger-end.ts';
import { type SeenKeys, seenKeys } from './seen-keys.ts';
import { supersede } from './supersede.ts';
import type { Db } from './tables.ts';
import type { UnfinishedImport } from './unfinished-import.ts';

export interface IncomingRecord {
  readonly line: number;
  readonly accountIndex: number;
  readonly record: ContributionRecord;
}

export interface RecordWriter {
  /**
   * In file order; outcomes in the same order. Some ten thousand rows at a time.
   * @param firstNew accounts from here on were made for these rows, so nothing is known of them
   */
  write(trx: Db, rows: readonly IncomingRecord[], firstNew: number): Promise<Outcome[]>;
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

  async function write(trx: Db, rows: readonly IncomingRecord[], firstNew: number) {
    if (rows.length === 0) return [];
    const keys = rows.map(({ accountIndex, record }) =>
      recordKey(accountIndex, record.month, record.insurance),
    );
    const known = rows.filter((row) => row.accountIndex < firstNew);
    const held = await effectiveRecords(trx, batch, known, seen);
    const content = (i: number) => contentOf(rows[i]?.record ?? {});
    const outcomes = classify(keys, content, held, batch.source);
    await seen.add(
      trx,
      keys.filter((_, i) => outcomes[i]?.kind === 'unchanged'),
    );

    const superseded: number[] = [];
    const superseding: number[] = [];
    const first = id;
    const fresh = rows.filter((_, i) => {
      const outcome = outcomes[i];
      if (outcome?.kind !== 'added' && outcome?.kind !== 'corrected') return false;
      if (outcome.kind === 'corrected') {
        superseded.push(outcome.supersedes);
        superseding.push(id);
      }
      id++;
      return true;
    });
    await supersede(trx, 'record', superseded, superseding);
    await insertRecords(trx, batch, fresh, first);
    await employers.see(trx, namedIn(fresh));
    return outcomes;
  }

  return { write };
}

function namedIn(rows: readonly IncomingRecord[]): Set<CreditCode> {
  const codes = new Set<CreditCode>();
  for (const { record } of rows) if (record.employer !== null) codes.add(record.employer);
  return codes;
}

/** All of a version beside its key. */
type RecordContent = Omit<ContributionRecord, 'month' | 'insurance'>;

function contentOf(record: { readonly [K in keyof RecordContent]?: unknown }): string {
  const { settled, baseFen, region, employer, category, paid } = record;
  return [settled ?? '', baseFen, region, employer ?? '', category, paid ? 1 : 0].join('|');
}

async function effectiveRecords(
  trx: Db,
  batch: UnfinishedImport,
  rows: readonly IncomingRecord[],
  seen: SeenKeys,
): Promise<Map<number, Held>> {
  const held = new Map<number, Held>();
  if (rows.length === 0) return held;
  const accounts = intArray([...new Set(rows.map((row) => row.accountIndex))], 'bigint');
  const months = rows.map((row) => row.record.month).sort((a, b) => a - b);
  const found = await trx
    .selectFrom('record')
    .innerJoin('source', 'source.id', 'record.source_id')
    .selectAll('record')
    .select('source.name as source')
    .where('superseded_by', 'is', null)
    .where(sql<boolean>`account_index = any(${accounts})`)
    // Rows of a file come person by person, so whole persons between two months are close enough.
    .where('month', '>=', months[0] ?? 0)
    .where('month', '<=', months.at(-1) ?? 0)
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
  rows: readonly IncomingRecord[],
  firstId: number,
): Promise<void> {
  if (rows.length === 0) return;
  const records = rows.map((row) => row.record);
  await sql`insert into record (id, account_index, insurance, month, settled, base_fen, region,
      employer, category, paid, line, source_id, batch_id)
    select *, ${batch.sourceId}::int, ${batch.id}::int from unnest(
      ${intArray(
        rows.map((_, i) => firstId + i),
        'bigint',
      )},
      ${intArray(
        rows.map((row) => row.accountIndex),
        'bigint',
      )},
      ${intArray(
        records.map((record) => record.insurance),
        'smallint',
      )},
      ${intArray(
        records.map((record) => record.month),
        'smallint',
      )},
      ${intArray(
        records.map((record) => record.settled),
        'smallint',
      )},
      ${intArray(
        records.map((record) => record.baseFen),
        'bigint',
      )},
      ${intArray(records.map((record) => record.region))},
      ${textArray(records.map((record) => record.employer))},
      ${intArray(
        records.map((record) => record.category),
        'smallint',
      )},
      ${boolArray(records.map((record) => record.paid))},
      ${intArray(rows.map((row) => row.line))}
    )`.execute(trx);
}
