import type { MonthIndex } from '../../core/month.ts';
import type { IdNumber } from '../id-number.ts';
import { type Pepper, personHasher, rowHash } from '../person-hash.ts';
import type { PersonFacts } from '../record.ts';
import { type RecordColumns, recordColumns } from '../store/record-columns.ts';
import type { NewRefusal } from '../store/refusals.ts';
import type { FileRow } from './file-row.ts';
import type { Mapping } from './mapping.ts';
import { type NormalisedRow, normaliseRow } from './normalise-row.ts';
import type { Refusal } from './read-field.ts';
import { maskFacts, redactCells } from './redact.ts';

export interface Reading {
  readonly mapping: Mapping;
  readonly pepper: Pepper;
  /** Nothing owed or settled later is taken. */
  readonly present: MonthIndex;
}

/** A person's row. */
export interface FactsRow {
  /** Index of the row of its step. */
  readonly row: number;
  readonly line: number;
  /** Index into `persons`. */
  readonly person: number;
  readonly facts: PersonFacts;
}

/** What some rows of a file say, before it is held against what the ledger says. */
export interface JudgedRows {
  readonly rows: number;
  /** Hashes in hexadecimal, in order of appearance. */
  readonly persons: readonly string[];
  readonly records: RecordColumns;
  readonly facts: readonly FactsRow[];
  readonly refusals: readonly NewRefusal[];
}

export interface Judge {
  judge(rows: readonly FileRow[]): JudgedRows;
  /** A refusal as it is kept: nothing of it names a person. */
  refusal(row: FileRow, refusal: Refusal): NewRefusal;
}

/** Persons whose hash is remembered: exports come person by person, or month by month. */
const REMEMBERED = 200_000;

/** Reads rows of one file. Pure but for what it remembers. */
export function openJudge({ mapping, pepper, present }: Reading): Judge {
  const hash = personHasher(pepper);
  const hashes = new Map<IdNumber, string>();

  function nameOf(person: IdNumber): string {
    let name = hashes.get(person);
    if (name === undefined) {
      if (hashes.size >= REMEMBERED) hashes.clear();
      name = Buffer.from(hash(person)).toString('hex');
      hashes.set(person, name);
    }
    return name;
  }

  function read({ cells, fault }: FileRow): NormalisedRow {
    if (fault || !cells) return { records: [], refusals: fault ? [fault] : [] };
    return normaliseRow(mapping, cells, present);
  }

  function refusal(row: FileRow, { field, error }: Refusal): NewRefusal {
    return {
      line: row.line,
      field,
      code: error.code,
      facts: maskFacts(error.facts),
      rowHash: rowHash(pepper, row.raw),
      cells: redactCells(mapping, row.cells),
    };
  }

  function judge(rows: readonly FileRow[]): JudgedRows {
    const persons = new Map<IdNumber, number>();
    const columns = recordColumns();
    const factsRows: FactsRow[] = [];
    const refusals: NewRefusal[] = [];
    rows.forEach((row, at) => {
      const { person, records, facts, refusals: refused } = read(row);
      for (const one of refused) refusals.push(refusal(row, one));
      if (person === undefined || (records.length === 0 && !facts)) return;
      let index = persons.get(person);
      if (index === undefined) {
        index = persons.size;
        persons.set(person, index);
      }
      for (const record of records) columns.add(at, row.line, index, record);
      if (facts) factsRows.push({ row: at, line: row.line, person: index, facts });
    });
    return {
      rows: rows.length,
      persons: [...persons.keys()].map(nameOf),
      records: columns.columns(),
      facts: factsRows,
      refusals,
    };
  }

  return { judge, refusal };
}
