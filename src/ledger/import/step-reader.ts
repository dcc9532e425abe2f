import type { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { NewRefusal } from '../store/refusals.ts';
import type { FileRow, ReadShare, RowRange } from './file-row.ts';
import { type JudgedRows, openJudge, type Reading } from './judge-rows.ts';
import { readRows } from './read-rows.ts';

/** What is read of a file, and how. */
export interface ReadTask extends Reading {
  readonly file: string;
  readonly range: RowRange;
}

/** Rows of a file that are committed together. */
export interface Step {
  /** Counts from 0. */
  readonly number: number;
  readonly judged: JudgedRows;
  readonly share: ReadShare;
}

/** A row that what the ledger holds keeps out. */
export interface RowConflict {
  /** Index of the row in its step. */
  readonly row: number;
  readonly error: CanbaoError;
}

/** Reads and judges a file, a step ahead of who takes it. */
export interface StepReader {
  /**
   * @param onStep awaited before the next step is handed over
   * @returns SHA-256 of the file as it was read
   * @throws what `readRows` does
   */
  read(onStep: (step: Step) => Promise<void>): Promise<Uint8Array>;
  /** Of a step handed over last or the one before. */
  refusals(step: number, conflicts: readonly RowConflict[]): Promise<NewRefusal[]>;
  close(): Promise<void>;
}

/** Steps whose rows are kept for their refusals: one being written, and one ahead of it. */
const KEPT_STEPS = 3;

/** A reader in this thread. */
export function stepReader({ file, range, ...reading }: ReadTask): StepReader {
  const judge = openJudge(reading);
  const kept = new Map<number, readonly FileRow[]>();
  let next = 0;
  return {
    read: (onStep) =>
      readRows(file, reading.mapping, range, async (rows, share) => {
        const number = next++;
        kept.set(number, rows);
        kept.delete(number - KEPT_STEPS);
        await onStep({ number, judged: judge.judge(rows), share });
      }),
    async refusals(step, conflicts) {
      const rows = kept.get(step) ?? [];
      return conflicts.flatMap(({ row: index, error }) => {
        const row = rows[index];
        return row ? [judge.refusal(row, { field: '', error })] : [];
      });
    },
    async close() {
      kept.clear();
    },
  };
}
