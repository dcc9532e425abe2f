import { inverse, mod } from '../circuit/field-arithmetic.ts';

/** Non-zero entries by column. */
export type SparseRow = Map<number, bigint>;

export interface Kernel {
  readonly rank: number;
  /** Columns that are not 0 in every kernel vector. */
  readonly support: ReadonlySet<number>;
}

/**
 * Rank and kernel of a sparse matrix over the scalar field, by Gauss-Jordan elimination: shortest
 * row first, in it the column with the fewest entries. Consumes the rows.
 */
export function kernelSupport(rows: readonly SparseRow[], columns: readonly number[]): Kernel {
  const rowsOf = new Map<number, Set<number>>(columns.map((column) => [column, new Set()]));
  for (const [at, row] of rows.entries()) {
    for (const column of row.keys()) rowsOf.get(column)?.add(at);
  }
  const open = new Set(rows.keys());
  const pivots = new Map<number, SparseRow>();
  for (let at = shortest(rows, open); at !== undefined; at = shortest(rows, open)) {
    open.delete(at);
    const row = rows[at];
    const column = row && rarestColumn(row, rowsOf);
    if (row === undefined || column === undefined) continue;
    pivots.set(column, row);
    eliminate(rows, at, column, rowsOf);
  }
  // Each pivot is now minus a combination of free columns.
  const support = new Set(columns.filter((column) => !pivots.has(column)));
  for (const [column, row] of pivots) if (row.size > 1) support.add(column);
  return { rank: pivots.size, support };
}

function shortest(rows: readonly SparseRow[], open: Set<number>): number | undefined {
  let best: number | undefined;
  let size = Number.POSITIVE_INFINITY;
  for (const at of open) {
    const length = rows[at]?.size ?? 0;
    if (length === 0) open.delete(at);
    else if (length < size) [best, size] = [at, length];
    if (size === 1) break;
  }
  return best;
}

function rarestColumn(
  row: SparseRow,
  rowsOf: ReadonlyMap<number, ReadonlySet<number>>,
): number | undefined {
  let best: number | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const column of row.keys()) {
    const count = rowsOf.get(column)?.size ?? 0;
    if (count < fewest) [best, fewest] = [column, count];
  }
  return best;
}

/** Clears `column` from every row but row `at`, pivots of before included. */
function eliminate(
  rows: readonly SparseRow[],
  at: number,
  column: number,
  rowsOf: ReadonlyMap<number, Set<number>>,
): void {
  const pivot = rows[at] ?? new Map<number, bigint>();
  const scale = inverse(pivot.get(column) ?? 0n);
  for (const other of [...(rowsOf.get(column) ?? [])]) {
    const row = rows[other];
    if (other === at || row === undefined) continue;
    const factor = mod((row.get(column) ?? 0n) * scale);
    for (const [key, value] of pivot) {
      const rest = mod((row.get(key) ?? 0n) - factor * value);
      if (rest === 0n) {
        row.delete(key);
        rowsOf.get(key)?.delete(other);
      } else {
        row.set(key, rest);
        rowsOf.get(key)?.add(other);
      }
    }
  }
}
