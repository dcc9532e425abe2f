import type { MonthIndex } from '../../core/month.ts';
import type { IdNumber } from '../id-number.ts';
import { type Pepper, personHasher, rowHash } from '../person-hash.ts';
import type { ContributionRecord, PersonFacts } from '../record.ts';
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

/** A row that holds something for the ledger. */
export interface GoodRow {
  readonly row: FileRow;
  /** Index into `persons`. */
  readonly person: number;
  readonly records: readonly ContributionRecord[];
  readonly facts: PersonFacts | undefined;
}

/** What some rows of a file say, before it is held against what the ledger says. */
export interface JudgedRows {
  readonly rows: number;
  /** Hashes in hexadecimal, in order of appearance. */
  readonly persons: readonly string[];
  readonly good: readonly GoodRow[];
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

  function read(row: FileRow): NormalisedRow {
    const { cells, fault } = row;
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
    const good: GoodRow[] = [];
    const refusals: NewRefusal[] = [];
    for (const row of rows) {
      const { person, records, facts, refusals: refused } = read(row);
      for (const one of refused) refusals.push(refusal(row, one));
      if (person === undefined || (records.length === 0 && !facts)) continue;
      let index = persons.get(person);
      if (index === undefined) {
        index = persons.size;
        persons.set(person, index);
      }
      good.push({ row, person: index, records, facts });
    }
    return { rows: rows.length, persons: [...persons.keys()].map(nameOf), good, refusals };
  }

  return { judge, refusal };
}
