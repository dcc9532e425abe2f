import { addPoints, doublePoint, PROJECTIVE_BYTES, setAffine, setInfinity } from './complete';
import { listLength, sumAddress } from './lists';
import { temporary } from '../scratch';

/**
 * From buckets to the sum. A set has 2^bits buckets; bucket j counts j + 1 times. With j = u·2^low + v
 * that is 2^low·Σ u·row(u) + Σ (v + 1)·column(v): rows and columns are sums of lists again, and so are
 * the bits of u and v + 1. What is left is one point for each power of two.
 */

/** Lists 2^(bits − low) rows, then 2^low columns, for each set. */
export function listRowsAndColumns(
  starts: usize, sums: usize, sets: u32, bits: u32, low: u32, entries: usize, nextStarts: usize,
): void {
  const rows: u32 = 1 << (bits - low), columns: u32 = 1 << low;
  let entry: u32 = 0;
  let list: usize = nextStarts;
  for (let set: u32 = 0; set < sets; set++) {
    const first = set << bits;
    for (let u: u32 = 0; u < rows; u++, list += 4) {
      store<u32>(list, entry);
      for (let v: u32 = 0; v < columns; v++) {
        const bucket = first + (u << low) + v;
        if (listLength(starts, bucket)) {
          store<u32>(entries + (<usize>(entry++) << 2), <u32>sumAddress(sums, starts, bucket));
        }
      }
    }
    for (let v: u32 = 0; v < columns; v++, list += 4) {
      store<u32>(list, entry);
      for (let u: u32 = 0; u < rows; u++) {
        const bucket = first + (u << low) + v;
        if (listLength(starts, bucket)) {
          store<u32>(entries + (<usize>(entry++) << 2), <u32>sumAddress(sums, starts, bucket));
        }
      }
    }
  }
  store<u32>(list, entry);
}

/** Lists, for each set and power of two below 2^bits, the rows and columns that count it. */
export function listPowers(
  starts: usize, sums: usize, sets: u32, bits: u32, low: u32, entries: usize, nextStarts: usize,
): void {
  const rows: u32 = 1 << (bits - low), columns: u32 = 1 << low;
  let entry: u32 = 0;
  let list: usize = nextStarts;
  for (let set: u32 = 0; set < sets; set++) {
    const first = set * (rows + columns);
    for (let power: u32 = 0; power < bits; power++, list += 4) {
      store<u32>(list, entry);
      for (let u: u32 = 0; u < rows; u++) {
        if (power < low || !((u >> (power - low)) & 1) || !listLength(starts, first + u)) continue;
        store<u32>(entries + (<usize>(entry++) << 2), <u32>sumAddress(sums, starts, first + u));
      }
      for (let v: u32 = 0; v < columns; v++) {
        if (!(((v + 1) >> power) & 1) || !listLength(starts, first + rows + v)) continue;
        store<u32>(entries + (<usize>(entry++) << 2), <u32>sumAddress(sums, starts, first + rows + v));
      }
    }
  }
  store<u32>(list, entry);
}

/** r = Σ 2^(set·(bits + 1) + power) · list(set, power), projective. */
export function sumPowers(r: usize, starts: usize, sums: usize, sets: u32, bits: u32): void {
  const point = temporary(42);
  setInfinity(r);
  for (let set: i32 = sets - 1; set >= 0; set--) {
    doublePoint(r, r);
    for (let power: i32 = bits - 1; power >= 0; power--) {
      doublePoint(r, r);
      const list = set * bits + power;
      if (!listLength(starts, list)) continue;
      setAffine(point, sumAddress(sums, starts, list));
      addPoints(r, r, point);
    }
  }
}
