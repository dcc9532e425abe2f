import type { RandomBytes } from '../../core/random.ts';
import type { ImportCounts } from '../store/batch.ts';
import type { Outcome } from '../store/classify.ts';
import { openPersonDirectory } from '../store/persons.ts';
import { insertRefusals } from '../store/refusals.ts';
import type { Db } from '../store/tables.ts';
import { setImportCounts, type UnfinishedImport } from '../store/unfinished-import.ts';
import { openFactsWriter } from '../store/write-facts.ts';
import { openRecordWriter } from '../store/write-records.ts';
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
    for (const { row, outcome } of await writeRows(trx, judged, accounts, firstNew)) {
      if (outcome.kind === 'refused') {
        refusals.push(judge.refusal(row, { field: '', error: outcome.error }));
      } else {
        tally[outcome.kind === 'duplicate' ? 'duplicates' : outcome.kind]++;
      }
    }
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
) => Promise<{ readonly row: FileRow; readonly outcome: Outcome }[]>;

async function rowWriter(
  trx: Db,
  batch: UnfinishedImport,
  random: RandomBytes,
): Promise<WriteRows> {
  if (batch.kind === 'contributions') {
    const writer = await openRecordWriter(trx, batch, random);
    return async (trx, { good }, accounts, firstNew) => {
      const rows: FileRow[] = [];
      const incoming = good.flatMap(({ row, person, records }) =>
        records.map((record) => {
          rows.push(row);
          return { line: row.line, accountIndex: accounts[person] ?? 0, record };
        }),
      );
      return pair(rows, await writer.write(trx, incoming, firstNew));
    };
  }
  const writer = await openFactsWriter(trx, batch);
  return async (trx, { good }, accounts) => {
    const rows: FileRow[] = [];
    const incoming = good.flatMap(({ row, person, facts }) => {
      if (!facts) return [];
      rows.push(row);
      return { line: row.line, accountIndex: accounts[person] ?? 0, facts };
    });
    return pair(rows, await writer.write(trx, incoming));
  };
}

function pair(rows: readonly FileRow[], outcomes: readonly Outcome[]) {
  return outcomes.flatMap((outcome, i) => {
    const row = rows[i];
    return row ? [{ row, outcome }] : [];
  });
}
