import { bn254 } from '@noble/curves/bn254.js';

const { Fr } = bn254.fields;

/** Rows of elements of Fr, in [0, r). */
export type Matrix = readonly (readonly bigint[])[];
type Vector = readonly bigint[];

export function matrixTimes(matrix: Matrix, column: Vector): bigint[] {
  return matrix.map((row) => dot(row, column));
}

export function timesMatrix(row: Vector, matrix: Matrix): bigint[] {
  return row.map((_, j) => dot(row, columnOf(matrix, j)));
}

export function matrixProduct(a: Matrix, b: Matrix): Matrix {
  const columns = (b[0] ?? []).map((_, j) => columnOf(b, j));
  return a.map((row) => columns.map((column) => dot(row, column)));
}

/**
 * By Gauss and Jordan.
 * @throws RangeError where a matrix has no inverse
 */
export function inverseMatrix(matrix: Matrix): Matrix {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [...row, ...row.map((_, j) => (i === j ? 1n : 0n))]);
  for (let k = 0; k < size; k++) {
    const at = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    const found = rows[at];
    if (!found) throw new RangeError('the matrix is singular');
    rows[at] = rows[k] ?? found;
    const factor = Fr.inv(found[k] ?? 0n);
    const pivot = found.map((value) => Fr.mul(value, factor));
    rows[k] = pivot;
    for (const [i, row] of rows.entries()) {
      const times = row[k] ?? 0n;
      if (i === k || times === 0n) continue;
      rows[i] = row.map((value, j) => Fr.sub(value, Fr.mul(times, pivot[j] ?? 0n)));
    }
  }
  return rows.map((row) => row.slice(size));
}

function columnOf(matrix: Matrix, j: number): bigint[] {
  return matrix.map((row) => row[j] ?? 0n);
}

/** Reduced once. */
function dot(a: Vector, b: Vector): bigint {
  let sum = 0n;
  for (const [i, value] of a.entries()) sum += value * (b[i] ?? 0n);
  return Fr.create(sum);
}
