import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { MonthIndex } from '../../core/month.ts';
import type { RandomBytes } from '../../core/random.ts';
import type { IdNumber } from '../id-number.ts';
import { type Pepper, type PersonHash, personHash, rowHash } from '../person-hash.ts';
import {
  type ImportCounts,
  insertRefusals,
  type NewBatch,
  type NewRefusal,
} from '../store/batch.ts';
import type { Outcome } from '../store/classify.ts';
import { openPersonDirectory } from '../store/persons.ts';
import type { Db } from '../store/tables.ts';
import { openFactsWriter } from '../store/write-facts.ts';
import { openRecordWriter } from '../store/write-records.ts';
import type { Mapping } from './mapping.ts';
import { type NormalisedRow, normaliseRow } from './normalise-row.ts';
import type { CsvRow } from './read-csv.ts';
import type { Refusal } from './read-field.ts';
import { maskFacts, redactCells } from './redact.ts';

interface Reading {
  readonly mapping: Mapping;
  readonly pepper: Pepper;
  readonly present: MonthIndex;
  readonly random: RandomBytes;
}

/** A row that holds something for the store. */
type TakenRow = CsvRow & NormalisedRow & { readonly accountIndex: number };

export interface BatchWriter {
  /** Writes what can be taken and keeps the rest as refusals. @returns the counts so far */
  write(rows: readonly CsvRow[]): Promise<ImportCounts>;
}

/** Turns rows of one file into records, facts and refusals. Assumes the import lock. */
export async function openBatchWriter(
  trx: Db,
  batch: NewBatch,
  reading: Reading,
): Promise<BatchWriter> {
  const directory = await openPersonDirectory(trx, reading.random);
  const writeRows = await rowWriter(trx, batch, reading);
  const tally = { rows: 0, added: 0, corrected: 0, unchanged: 0, duplicates: 0, refused: 0 };

  async function write(rows: readonly CsvRow[]): Promise<ImportCounts> {
    const read = rows.map((row) => ({ ...row, ...readRow(row, reading) }));
    const refusals = read.flatMap((row) =>
      row.refusals.map((refusal) => toRefusal(row, refusal, reading)),
    );
    const taken = await withAccounts(read, reading.pepper, directory.resolve);
    for (const { row, outcome } of await writeRows(taken)) {
      if (outcome.kind === 'refused') {
        refusals.push(toRefusal(row, { field: '', error: outcome.error }, reading));
      } else {
        tally[outcome.kind === 'duplicate' ? 'duplicates' : outcome.kind]++;
      }
    }
    refusals.sort((a, b) => a.line - b.line);
    await insertRefusals(trx, batch.id, refusals);
    tally.rows += rows.length;
    tally.refused += refusals.length;
    return { ...tally, newPersons: directory.created() };
  }

  return { write };
}

function readRow(row: CsvRow, { mapping, present }: Reading): NormalisedRow {
  if (row.cells) return normaliseRow(mapping, row.cells, present);
  const error = new CanbaoError('ledger.wrong_column_count', row.columns);
  return { records: [], refusals: [{ field: '', error }] };
}

function toRefusal(row: CsvRow, refusal: Refusal, { mapping, pepper }: Reading): NewRefusal {
  return {
    line: row.line,
    field: refusal.field,
    code: refusal.error.code,
    facts: maskFacts(refusal.error.facts),
    rowHash: rowHash(pepper, row.raw),
    cells: redactCells(mapping, row.cells),
  };
}

/** Rows with something to write, and the account each goes to. */
async function withAccounts(
  rows: readonly (CsvRow & NormalisedRow)[],
  pepper: Pepper,
  resolve: (persons: ReadonlyMap<string, PersonHash>) => Promise<Map<string, number>>,
): Promise<TakenRow[]> {
  const names = new Map<IdNumber, string>();
  const persons = new Map<string, PersonHash>();
  for (const { person, records, facts } of rows) {
    if (!person || names.has(person) || (records.length === 0 && !facts)) continue;
    const hash = personHash(pepper, person);
    const name = Buffer.from(hash).toString('hex');
    names.set(person, name);
    persons.set(name, hash);
  }
  const accounts = await resolve(persons);
  return rows.flatMap((row) => {
    const name = row.person && names.get(row.person);
    const accountIndex = name === undefined ? undefined : accounts.get(name);
    return accountIndex === undefined ? [] : [{ ...row, accountIndex }];
  });
}

type WriteRows = (
  rows: readonly TakenRow[],
) => Promise<{ readonly row: TakenRow; readonly outcome: Outcome }[]>;

async function rowWriter(
  trx: Db,
  batch: NewBatch,
  { mapping, random }: Reading,
): Promise<WriteRows> {
  if (mapping.kind === 'contributions') {
    const writer = await openRecordWriter(trx, batch, random);
    return async (rows) => {
      const items = rows.flatMap((row) => row.records.map((record) => ({ row, record })));
      const outcomes = await writer.write(
        items.map(({ row: { line, accountIndex }, record }) => ({ line, accountIndex, record })),
      );
      return pair(
        items.map(({ row }) => row),
        outcomes,
      );
    };
  }
  const writer = await openFactsWriter(trx, batch);
  return async (rows) => {
    const outcomes = await writer.write(
      rows.flatMap(({ line, accountIndex, facts }) =>
        facts ? [{ line, accountIndex, facts }] : [],
      ),
    );
    return pair(rows, outcomes);
  };
}

function pair(rows: readonly TakenRow[], outcomes: readonly Outcome[]) {
  return outcomes.flatMap((outcome, i) => {
    const row = rows[i];
    return row ? [{ row, outcome }] : [];
  });
}
