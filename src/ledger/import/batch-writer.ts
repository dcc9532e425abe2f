import type { RandomBytes } from '../../core/random.ts';
import type { ImportCounts } from '../store/batch.ts';
import type { Outcome } from '../store/classify.ts';
import { openPersonDirectory } from '../store/persons.ts';
import { insertRefusals } from '../store/refusals.ts';
import type { Db } from '../store/tables.ts';
import { setImportCounts, type UnfinishedImport } from '../store/unfinished-import.ts';
import { type IncomingFacts, openFactsWriter } from '../store/write-facts.ts';
import { type IncomingRecord, openRecordWriter } from '../store/write-records.ts';
import type { FileRow } from './file-row.ts';
import type { Judge, JudgedRows } from './judge-rows.ts';

export interface BatchWriter {
  /** Writes what can be taken, and keeps the rest as refusals. @returns the counts so far */
  write(trx: Db, judged: JudgedRows): Promise<ImportCounts>;
}

/** Writes the rows of one import, from where it has come to. Assumes the import lock. */
export async function openBatchWriter(
  trx: Db,
  batch: UnfinishedImport,
  judge: Judge,
  random: RandomBytes,
): Promise<BatchWriter> {
  const directory = await openPersonDirectory(trx, random);
  const writeRows = await rowWriter(trx, batch, random);
  const tally = { ...batch.counts };

  async function write(trx: Db, judged: JudgedRows): Promise<ImportCounts> {
    const { accounts, firstNew } = await directory.resolve(trx, judged.persons);
    const refusals = [...judged.refusals];
    const { rows, outcomes } = await writeRows(trx, judged, accounts, firstNew);
    outcomes.forEach((outcome, i) => {
      const row = rows[i];
      if (outcome.kind !== 'refused') {
        tally[outcome.kind === 'duplicate' ? 'duplicates' : outcome.kind]++;
      } else if (row) {
        refusals.push(judge.refusal(row, { field: '', error: outcome.error }));
      }
    });
    refusals.sort((a, b) => a.line - b.line);
    await insertRefusals(trx, batch.id, refusals);
    tally.rows += judged.rows;
    tally.refused += refusals.length;
    tally.newPersons = directory.end() - batch.before.accountCount;
    await setImportCounts(trx, batch.id, tally);
    return { ...tally };
  }

  return { write };
}

type WriteRows = (
  trx: Db,
  judged: JudgedRows,
  accounts: readonly number[],
  firstNew: number,
) => Promise<{ readonly rows: readonly FileRow[]; readonly outcomes: readonly Outcome[] }>;

async function rowWriter(
  trx: Db,
  batch: UnfinishedImport,
  random: RandomBytes,
): Promise<WriteRows> {
  if (batch.kind === 'contributions') {
    const writer = await openRecordWriter(trx, batch, random);
    return async (trx, { good }, accounts, firstNew) => {
      const rows: FileRow[] = [];
      const incoming: IncomingRecord[] = [];
      for (const { row, person, records } of good) {
        const accountIndex = accounts[person] ?? 0;
        for (const record of records) {
          rows.push(row);
          incoming.push({ line: row.line, accountIndex, record });
        }
      }
      return { rows, outcomes: await writer.write(trx, incoming, firstNew) };
    };
  }
  const writer = await openFactsWriter(trx, batch);
  return async (trx, { good }, accounts) => {
    const rows: FileRow[] = [];
    const incoming: IncomingFacts[] = [];
    for (const { row, person, facts } of good) {
      if (!facts) continue;
      rows.push(row);
      incoming.push({ line: row.line, accountIndex: accounts[person] ?? 0, facts });
    }
    return { rows, outcomes: await writer.write(trx, incoming) };
  };
}
