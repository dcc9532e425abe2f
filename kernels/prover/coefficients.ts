import * as Fr from './Fr';
import { temporary } from './scratch';

/** Integers of 32 bytes (an even number of them) times a constant, as elements. */
export function importScalars(dst: usize, src: usize, count: u32, factor: usize): void {
  const t = temporary(0);
  for (let i: u32 = 0; i < count; i += 2, dst += 80, src += 64) {
    Fr.split(t, src, src + 32);
    Fr.mul(t, t, factor);
    Fr.norm(t, t);
    Fr.store2(dst, dst + 40, t);
  }
}

/**
 * dst row i = Σ values[term.value] · wires[term.wire] for rows `from` … `to − 1` (both even), as pairs
 * of neighbours.
 * @param rows u32[rows + 1]: index of each row's first term
 * @param terms u32 wire, u32 value
 */
export function evaluateRows(
  dst: usize, rows: usize, terms: usize, values: usize, wires: usize, from: u32, to: u32,
): void {
  const first = temporary(0), second = temporary(1), a = temporary(2), b = temporary(3);
  for (let row = from; row < to; row += 2) {
    const at = rows + ((<usize>row) << 2);
    evaluateRow(first, terms, values, wires, load<u32>(at), load<u32>(at, 4));
    evaluateRow(second, terms, values, wires, load<u32>(at, 4), load<u32>(at, 8));
    Fr.transpose(a, b, first, second);
    Fr.add(a, a, b);
    Fr.norm(dst + <usize>row * 40, a);
  }
}

/** Two partial sums. */
function evaluateRow(sum: usize, terms: usize, values: usize, wires: usize, from: u32, to: u32): void {
  const x = temporary(4), y = temporary(5);
  memory.fill(sum, 0, 80);
  for (let i = from; i < to; i += 2) {
    const term = terms + ((<usize>i) << 3);
    // An odd one out is paired with itself times zero.
    const hasNext = i + 1 < to;
    const next = hasNext ? term + 8 : term;
    Fr.load2(x, wires + <usize>load<u32>(term) * 40, wires + <usize>load<u32>(next) * 40);
    Fr.load2(y, values + <usize>load<u32>(term, 4) * 40, hasNext ? values + <usize>load<u32>(next, 4) * 40 : ZERO);
    Fr.mul(x, x, y);
    Fr.add(sum, sum, x);
    Fr.norm(sum, sum);
  }
}

const ZERO: usize = memory.data(48, 16);

/** Bytes of a term in a zkey: matrix, row, wire (u32 each), value. */
const STORED_TERM: usize = 44;

/**
 * Terms of a zkey sorted by matrix and row, their values as elements.
 * @param rows u32[2·rowCount + 2]: index of the first term of each row of A, then of B
 * @param terms u32 wire, u32 value; value i belongs to term i
 * @returns whether every term lies in the matrices
 */
export function sortTerms(
  rows: usize, terms: usize, values: usize,
  src: usize, count: u32, rowCount: u32, size: u32, wireCount: u32,
): bool {
  memory.fill(rows, 0, (2 * <usize>rowCount + 2) << 2);
  for (let i: u32 = 0, at = src; i < count; i++, at += STORED_TERM) {
    const matrix = load<u32>(at), row = load<u32>(at, 4);
    if (matrix > 1 || row >= size || load<u32>(at, 8) >= wireCount) return false;
    // Two places up: one for the sum before, one that filling moves on.
    const slot = rows + (<usize>(matrix * rowCount + row + 2) << 2);
    store<u32>(slot, load<u32>(slot) + 1);
  }
  for (let i: u32 = 2; i < 2 * rowCount + 2; i++) {
    const slot = rows + (<usize>i << 2);
    store<u32>(slot, load<u32>(slot) + load<u32>(slot - 4));
  }
  const t = temporary(0);
  for (let i: u32 = 0; i < count; i += 2, src += 2 * STORED_TERM) {
    const next = i + 1 < count ? src + STORED_TERM : src;
    const place = placeTerm(rows, terms, src, rowCount);
    const nextPlace = next == src ? place : placeTerm(rows, terms, next, rowCount);
    Fr.split(t, src + 12, next + 12);
    Fr.mul(t, t, Fr.FROM_COEFFICIENT);
    Fr.norm(t, t);
    Fr.store2(values + <usize>place * 40, values + <usize>nextPlace * 40, t);
  }
  return true;
}

function placeTerm(rows: usize, terms: usize, src: usize, rowCount: u32): u32 {
  const slot = rows + (<usize>(load<u32>(src) * rowCount + load<u32>(src, 4) + 1) << 2);
  const place = load<u32>(slot);
  store<u32>(slot, place + 1);
  const term = terms + (<usize>place << 3);
  store<u32>(term, load<u32>(src, 8));
  store<u32>(term, place, 4);
  return place;
}
