import { sql } from 'kysely';
import type { RandomBytes } from '../../core/random.ts';
import type { CreditCode } from '../employer.ts';
import { classify, type Outcome } from './classify.ts';
import { numberArray, textArray } from './columns.ts';
import { contentAt, effectiveRecords, knownAmong, recordKey } from './effective-records.ts';
import { openEmployerDirectory } from './employers.ts';
import { ledgerEnd } from './ledger-end.ts';
import { pickRecords, type RecordColumns, UNSETTLED } from './record-columns.ts';
import { seenKeys } from './seen-keys.ts';
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
