import type { CreditCode } from '../employer.ts';
import type { ContributionRecord } from '../record.ts';

/** In place of the month settled of what is unpaid. */
export const UNSETTLED = -1;

/**
 * Records column by column: cheap to hand from thread to thread, and the form statements take.
 * Entry `i` of every column is of record `i`.
 */
export interface RecordColumns {
  /** Index of the row of its step that said it. */
  readonly row: Int32Array;
  readonly line: Int32Array;
  /** Index into the step's persons. */
  readonly person: Int32Array;
  readonly insurance: Uint8Array;
  readonly month: Int16Array;
  /** Or {@link UNSETTLED}. */
  readonly settled: Int16Array;
  readonly baseFen: Float64Array;
  readonly region: Int32Array;
  /** Index into `employers`; −1 for none. */
  readonly employer: Int32Array;
  readonly category: Uint8Array;
  readonly paid: Uint8Array;
  readonly employers: readonly CreditCode[];
}

export interface ColumnBuilder {
  add(row: number, line: number, person: number, record: ContributionRecord): void;
  columns(): RecordColumns;
}

export function recordColumns(): ColumnBuilder {
  const row: number[] = [];
  const line: number[] = [];
  const person: number[] = [];
  const records: ContributionRecord[] = [];
  const employers = new Map<CreditCode, number>();
  const indexOf = (code: CreditCode) => {
    const known = employers.get(code);
    if (known !== undefined) return known;
    employers.set(code, employers.size);
    return employers.size - 1;
  };
  return {
    add(atRow, atLine, ofPerson, record) {
      row.push(atRow);
      line.push(atLine);
      person.push(ofPerson);
      records.push(record);
    },
    columns: () => ({
      row: Int32Array.from(row),
      line: Int32Array.from(line),
      person: Int32Array.from(person),
      insurance: Uint8Array.from(records, (record) => record.insurance),
      month: Int16Array.from(records, (record) => record.month),
      settled: Int16Array.from(records, (record) => record.settled ?? UNSETTLED),
      baseFen: Float64Array.from(records, (record) => record.baseFen),
      region: Int32Array.from(records, (record) => record.region),
      employer: Int32Array.from(records, ({ employer }) =>
        employer === null ? -1 : indexOf(employer),
      ),
      category: Uint8Array.from(records, (record) => record.category),
      paid: Uint8Array.from(records, (record) => (record.paid ? 1 : 0)),
      employers: [...employers.keys()],
    }),
  };
}

/** Some of the records, in their order; all of them cost nothing. */
export function pickRecords(columns: RecordColumns, chosen: readonly number[]): RecordColumns {
  if (chosen.length === columns.row.length) return columns;
  const pick = <T extends Int32Array | Uint8Array | Int16Array | Float64Array>(from: T): T => {
    const to = from.slice(0, chosen.length) as T;
    chosen.forEach((i, at) => {
      to[at] = from[i] ?? 0;
    });
    return to;
  };
  return {
    row: pick(columns.row),
    line: pick(columns.line),
    person: pick(columns.person),
    insurance: pick(columns.insurance),
    month: pick(columns.month),
    settled: pick(columns.settled),
    baseFen: pick(columns.baseFen),
    region: pick(columns.region),
    employer: pick(columns.employer),
    category: pick(columns.category),
    paid: pick(columns.paid),
    employers: columns.employers,
  };
}
