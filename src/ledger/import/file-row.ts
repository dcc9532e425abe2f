import type { Cells, Refusal } from './read-field.ts';

/** One row of a file. `cells` is absent where the columns do not match the header. */
export interface FileRow {
  /** Line of the file where the row ends, or row of the sheet; the first is 1. */
  readonly line: number;
  readonly raw: readonly string[];
  readonly cells?: Cells;
  readonly columns: { readonly expected: number; readonly actual: number };
  /** A cell that the file itself no longer holds as it was typed. */
  readonly fault?: Refusal;
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
