import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Cells, Refusal } from './read-field.ts';

/** One row of a file. */
export interface FileRow {
  /** Line of the file where the row ends, or row of the sheet; the first is 1. */
  readonly line: number;
  readonly raw: readonly string[];
  /** Absent where the columns do not match the header. */
  readonly cells?: Cells;
  /** Why it cannot be taken whatever its cells say. */
  readonly fault?: Refusal;
}

/** A row of which it is not known what is in which column. */
export function outOfStep(line: number, raw: readonly string[], expected: number): FileRow {
  const error = new CanbaoError('ledger.wrong_column_count', { expected, actual: raw.length });
  return { line, raw, fault: { field: '', error } };
}

/** How far a file is read, in bytes of whatever is read through. */
export interface ReadShare {
  readonly bytes: number;
  readonly totalBytes: number;
}

/** Takes rows in file order; the reader waits for it. */
export type OnRows = (rows: readonly FileRow[], share: ReadShare) => Promise<void>;

/** Which rows are read, and how many at a time. */
export interface RowRange {
  /** Rows after the header that are passed over. */
  readonly skip: number;
  readonly stepRows?: number | undefined;
}

/** Enough to make a statement worth its while, few enough to hold two steps in memory. */
export const STEP_ROWS = 20_000;
