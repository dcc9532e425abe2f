import type { RandomBytes } from '../../core/random.ts';
import type { ImportCounts } from '../store/batch.ts';
import type { Outcome } from '../store/classify.ts';
import { openPersonDirectory } from '../store/persons.ts';
import { insertRefusals } from '../store/refusals.ts';
import type { Db } from '../store/tables.ts';
import { setImportCounts, type UnfinishedImport } from '../store/unfinished-import.ts';
import { openFactsWriter } from '../store/write-facts.ts';
import { openRecordWriter } from '../store/write-records.ts';
import type { JudgedRows } from './judge-rows.ts';
import type { RowConflict, Step, StepReader } from './step-reader.ts';

export interface BatchWriter {
  /** Writes what can be taken, and keeps the rest as refusals. @returns the counts so far */
  write(trx: Db, step: Step): Promise<ImportCounts>;
}

/** Writes the rows of one import, from where it has come to. Assumes the import lock. */
export async function openBatchWriter(
  trx: Db,
  batch: UnfinishedImport,
  reader: Pick<StepReader, 'refusals'>,
  random: RandomBytes,
): Promise<BatchWriter> {
  const directory = await openPersonDirectory(trx, random);
  const writeRows = await rowWriter(trx, batch, random);
  const tally = { ...batch.counts };

  async function write(trx: Db, { number, judged }: Step): Promise<ImportCounts> {
    const { accounts, firstNew } = await directory.resolve(trx, judged.persons);
    const { rows, outcomes } = await writeRows(trx, judged, accounts, firstNew);
    const conflicts: RowConflict[] = [];
    outcomes.forEach((outcome, i) => {
      if (outcome.kind === 'refused') conflicts.push({ row: rows[i] ?? 0, error: outcome.error });
      else tally[outcome.kind === 'duplicate' ? 'duplicates' : outcome.kind]++;
    });
    const late = conflicts.length === 0 ? [] : await reader.refusals(number, conflicts);
    const refusals = [...judged.refusals, ...late].sort((a, b) => a.line - b.line);
    await insertRefusals(trx, batch.id, refusals);
    tally.rows += judged.rows;
    tally.refused += refusals.length;
    tally.newPersons = directory.end() - batch.before.accountCount;
    await setImportCounts(trx, batch.id, tally);
    return { ...tally };
  }

  return { write };
}

/** What became of records or persons, and the row of each. */
interface Written {
  readonly rows: ArrayLike<number>;
  readonly outcomes: readonly Outcome[];
}

type WriteRows = (
  trx: Db,
  judged: JudgedRows,
  accounts: readonly number[],
  firstNew: number,
) => Promise<Written>;

async function rowWriter(
  trx: Db,
  batch: UnfinishedImport,
  random: RandomBytes,
): Promise<WriteRows> {
  if (batch.kind === 'contributions') {
    const writer = await openRecordWriter(trx, batch, random);
    return async (trx, { records }, accounts, firstNew) => ({
      rows: records.row,
      outcomes: await writer.write(trx, records, accounts, firstNew),
    });
  }
  const writer = await openFactsWriter(trx, batch);
  return async (trx, { facts }, accounts) => {
    const incoming = facts.map(({ line, person, facts: said }) => ({
      ...{ line, accountIndex: accounts[person] ?? 0, facts: said },
    }));
    return { rows: facts.map(({ row }) => row), outcomes: await writer.write(trx, incoming) };
  };
}
