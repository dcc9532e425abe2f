import { tangent } from './batch';
import * as F from './coordinate';
import { BATCH, DIFFERENCES, PRODUCTS, scratch, temporary } from '../scratch';

const E: usize = F.ELEMENT_BYTES;
const P: usize = 2 * F.ELEMENT_BYTES;
const POINT: usize = 2 * F.ELEMENT_BYTES;

/**
 * Levels 1 … levels − 1 of a table for points `from` … `to − 1`: level l holds 2^(l·doublings) times
 * level 0. No point is at infinity, and none becomes so: the group has odd order.
 */
export function fillTable(table: usize, count: u32, levels: u32, doublings: u32, from: u32, to: u32): void {
  for (let start = from; start < to; start += BATCH) {
    const points = min<u32>(BATCH, to - start);
    for (let level: u32 = 1; level < levels; level++) {
      const dst = table + <usize>(level * count + start) * POINT;
      memory.copy(dst, dst - <usize>count * POINT, <usize>points * POINT);
      for (let i: u32 = 0; i < doublings; i++) doubleAll(dst, points);
    }
  }
}

/** Doubles up to BATCH points in place, with one inversion. */
function doubleAll(points: usize, count: u32): void {
  const pairs = (count + 1) >> 1;
  const x = temporary(4), y = temporary(6), power = temporary(8), slope = temporary(10), t = temporary(12), x3 = temporary(14);
  for (let k: i32 = pairs - 1; k >= 0; k--) {
    const a = points + <usize>(2 * k) * POINT, b = second(a, 2 * k + 1, count);
    const difference = scratch(DIFFERENCES) + <usize>k * P, product = scratch(PRODUCTS) + <usize>k * P;
    F.load2(y, a + E, b + E);
    F.add(difference, y, y);
    F.norm(difference, difference);
    if (k == pairs - 1) F.copy(product, difference);
    else F.mul(product, product + P, difference);
  }
  F.inverse(power, scratch(PRODUCTS));
  for (let k: u32 = 0; k < pairs; k++) {
    const a = points + <usize>(2 * k) * POINT, b = second(a, 2 * k + 1, count);
    if (k + 1 < pairs) {
      F.mul(slope, power, scratch(PRODUCTS) + <usize>(k + 1) * P);
      F.mul(power, power, scratch(DIFFERENCES) + <usize>k * P);
    } else F.copy(slope, power);
    F.load2(x, a, b);
    F.load2(y, a + E, b + E);
    tangent(x3, t, slope, x, y);
    F.store2(a, b, x3);
    F.store2(a + E, b + E, t);
  }
}

/** The other point of a pair; an odd one out is its own. */
// @ts-ignore: decorator
@inline function second(a: usize, index: u32, count: u32): usize {
  return index < count ? a + POINT : a;
}
