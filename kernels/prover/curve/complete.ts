import * as F from './coordinate';
import { temporary } from '../scratch';

/**
 * Complete projective formulas for y² = x³ + b (Renes, Costello, Batina 2015, algorithms 7 and 9):
 * right for every pair of points of odd order, infinity (0 : 1 : 0) among them. A point is three pairs
 * X, Y, Z; both halves are computed, and callers use the first.
 */
const P: usize = 2 * F.ELEMENT_BYTES;
const E: usize = F.ELEMENT_BYTES;
export const PROJECTIVE_BYTES: usize = 6 * F.ELEMENT_BYTES;

export function setInfinity(r: usize): void {
  memory.fill(r, 0, PROJECTIVE_BYTES);
  F.one(r + P);
}

/** From an affine point; (0, 0) is infinity. */
export function setAffine(r: usize, point: usize): void {
  F.load2(r, point, point);
  F.load2(r + P, point + E, point + E);
  F.norm(r, r);
  F.norm(r + P, r + P);
  if (F.zeros(r) && F.zeros(r + P)) setInfinity(r);
  else F.one(r + 2 * P);
}

// @ts-ignore: decorator
@inline function plus(r: usize, x: usize, y: usize): void {
  F.add(r, x, y);
  F.norm(r, r);
}

// @ts-ignore: decorator
@inline function minus(r: usize, x: usize, y: usize): void {
  F.sub(r, x, y);
  F.norm(r, r);
}

/** A product as a factor of the next. */
// @ts-ignore: decorator
@inline function times(r: usize, x: usize, y: usize): void {
  F.mul(r, x, y);
  F.norm(r, r);
}

/** r = p + q; r may be p or q. */
export function addPoints(r: usize, p: usize, q: usize): void {
  const t0 = temporary(20), t1 = temporary(22), t2 = temporary(24), t3 = temporary(26), t4 = temporary(28);
  const x3 = temporary(30), y3 = temporary(32), z3 = temporary(34);
  times(t0, p, q);
  times(t1, p + P, q + P);
  times(t2, p + 2 * P, q + 2 * P);
  plus(t3, p, p + P);
  plus(t4, q, q + P);
  times(t3, t3, t4);
  plus(t4, t0, t1);
  minus(t3, t3, t4);
  plus(t4, p + P, p + 2 * P);
  plus(x3, q + P, q + 2 * P);
  times(t4, t4, x3);
  plus(x3, t1, t2);
  minus(t4, t4, x3);
  plus(x3, p, p + 2 * P);
  plus(y3, q, q + 2 * P);
  times(x3, x3, y3);
  plus(y3, t0, t2);
  minus(y3, x3, y3);
  plus(x3, t0, t0);
  plus(t0, x3, t0);
  F.times3b(t2, t2);
  plus(z3, t1, t2);
  minus(t1, t1, t2);
  F.times3b(y3, y3);
  times(x3, t4, y3);
  times(t2, t3, t1);
  minus(x3, t2, x3);
  times(y3, y3, t0);
  times(t1, t1, z3);
  plus(y3, t1, y3);
  times(t0, t0, t3);
  times(z3, z3, t4);
  plus(z3, z3, t0);
  F.copy(r, x3);
  F.copy(r + P, y3);
  F.copy(r + 2 * P, z3);
}

/** r = 2·p; r may be p. */
export function doublePoint(r: usize, p: usize): void {
  const t0 = temporary(20), t1 = temporary(22), t2 = temporary(24), x3 = temporary(30), y3 = temporary(32), z3 = temporary(34);
  times(t0, p + P, p + P);
  plus(z3, t0, t0);
  plus(z3, z3, z3);
  plus(z3, z3, z3);
  times(t1, p + P, p + 2 * P);
  times(t2, p + 2 * P, p + 2 * P);
  F.times3b(t2, t2);
  times(x3, t2, z3);
  plus(y3, t0, t2);
  times(z3, t1, z3);
  plus(t1, t2, t2);
  plus(t2, t1, t2);
  minus(t0, t0, t2);
  times(y3, t0, y3);
  plus(y3, x3, y3);
  times(t1, p, p + P);
  times(x3, t0, t1);
  plus(x3, x3, x3);
  F.copy(r, x3);
  F.copy(r + P, y3);
  F.copy(r + 2 * P, z3);
}

/** r = scalar · p, r not p; the scalar an integer of 32 bytes. */
export function scalePoint(r: usize, p: usize, scalar: usize): void {
  setInfinity(r);
  for (let bit: i32 = 255; bit >= 0; bit--) {
    doublePoint(r, r);
    if ((load<u8>(scalar + (bit >> 3)) >> (bit & 7)) & 1) addPoints(r, r, p);
  }
}

/**
 * Affine coordinates as integers of 32 bytes (c0 before c1), x before y; all zero for infinity.
 */
export function writeAffine(dst: usize, p: usize): void {
  const inverse = temporary(36), t = temporary(38), unit = temporary(40);
  F.norm(t, p + 2 * P);
  if (F.zeros(t) & 1) {
    memory.fill(dst, 0, 2 * F.STORED_BYTES);
    return;
  }
  F.inverse(inverse, t);
  F.norm(inverse, inverse);
  for (let i: usize = 0; i < 2; i++) {
    times(t, p + i * P, inverse);
    F.scale(t, t, F.TO_INTEGER);
    F.norm(t, t);
    F.join(dst + i * F.STORED_BYTES, unit, t);
  }
}
