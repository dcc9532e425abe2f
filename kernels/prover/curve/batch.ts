import * as F from './coordinate';
import { ASIDE, DIFFERENCES, IDLE, JOBS, PRODUCTS, scratch, temporary } from '../scratch';

/**
 * Affine additions by the batch, two at a time, with one inversion for all. A job adds the points at
 * addresses a and b (each with its sign in the lowest bit) and writes to dst. Within a batch a job
 * must not read what an earlier one writes. The point at infinity is (0, 0).
 */
const E: usize = F.ELEMENT_BYTES;
const P: usize = 2 * F.ELEMENT_BYTES;

/** An operand without its sign. */
// @ts-ignore: decorator
@inline function address(operand: u32): usize {
  return <usize>(operand & ~1);
}

// @ts-ignore: decorator
@inline export function setJob(i: u32, dst: usize, a: u32, b: u32): void {
  const job = scratch(JOBS) + <usize>i * 12;
  store<u32>(job, <u32>dst);
  store<u32>(job, a, 4);
  store<u32>(job, b, 8);
}

/** Runs jobs 0 … count − 1; there is room for one more. */
export function runBatch(count: u32): void {
  if (count == 0) return;
  if (count & 1) setIdle(count);
  const pairs = (count + 1) >> 1;
  const products = scratch(PRODUCTS), test = temporary(0), power = temporary(2);
  let aside: u32 = 0;
  let hasSpecial = multiplyDifferences(pairs);
  if (!hasSpecial) {
    F.norm(test, products);
    hasSpecial = F.zeros(test) != 0;
  }
  if (hasSpecial) {
    aside = setSpecialAside(count);
    multiplyDifferences(pairs);
  }
  F.inverse(power, products);
  for (let k: u32 = 0; k < pairs; k++) addPair(k, k + 1 < pairs, power);
  for (let i: u32 = 0; i < aside; i++) {
    const entry = scratch(ASIDE) + <usize>i * (16 + 2 * E);
    memory.copy(load<u32>(entry), entry + 16, 2 * E);
  }
}

/**
 * DIFFERENCES[k] = x(b) − x(a), PRODUCTS[k] = their product from k up.
 * @returns whether a point is, or may be, at infinity
 */
function multiplyDifferences(pairs: u32): bool {
  const x1 = temporary(4), x2 = temporary(6);
  let infinite: u32 = 0;
  let difference = scratch(DIFFERENCES) + <usize>(pairs - 1) * P;
  let product = scratch(PRODUCTS) + <usize>(pairs - 1) * P;
  let job = scratch(JOBS) + <usize>(pairs - 1) * 24;
  for (let k: u32 = pairs; k > 0; k--) {
    F.load2(x1, address(load<u32>(job, 4)), address(load<u32>(job, 16)));
    F.load2(x2, address(load<u32>(job, 8)), address(load<u32>(job, 20)));
    infinite |= F.zeros(x1) | F.zeros(x2);
    F.sub(difference, x2, x1);
    if (F.IS_STRICT) F.norm(difference, difference);
    if (k == pairs) F.copy(product, difference);
    else F.mul(product, product + P, difference);
    difference -= P;
    product -= P;
    job -= 24;
  }
  return infinite != 0;
}

/** power: the inverse of the product of all differences from k up; afterwards from k + 1 up. */
// @ts-ignore: decorator
@inline function addPair(k: u32, hasMore: bool, power: usize): void {
  const x1 = temporary(4), x2 = temporary(6), y1 = temporary(8), y2 = temporary(10);
  const inverse = temporary(12), slope = temporary(14), t = temporary(16), x3 = temporary(18);
  const difference = scratch(DIFFERENCES) + <usize>k * P;
  if (hasMore) {
    F.mul(inverse, power, scratch(PRODUCTS) + <usize>(k + 1) * P);
    F.mul(power, power, difference);
  } else F.copy(inverse, power);

  const job = scratch(JOBS) + <usize>k * 24;
  const a0 = load<u32>(job, 4), b0 = load<u32>(job, 8), a1 = load<u32>(job, 16), b1 = load<u32>(job, 20);
  F.load2(x1, address(a0), address(a1));
  F.load2(x2, address(b0), address(b1));
  F.loadSigned2(y1, address(a0) + E, address(a1) + E, a0 & 1, a1 & 1);
  F.loadSigned2(y2, address(b0) + E, address(b1) + E, b0 & 1, b1 & 1);

  F.sub(t, y2, y1);
  if (F.IS_STRICT) F.norm(t, t);
  F.mul(slope, t, inverse);
  F.mul(t, slope, slope);
  F.sub(t, t, x1);
  F.sub(t, t, x2);
  F.norm(x3, t);
  F.sub(t, x1, x3);
  if (F.IS_STRICT) F.norm(t, t);
  F.mul(t, t, slope);
  F.sub(t, t, y1);
  F.norm(t, t);
  const dst0 = <usize>load<u32>(job), dst1 = <usize>load<u32>(job, 12);
  F.store2(dst0, dst1, x3);
  F.store2(dst0 + E, dst1 + E, t);
}

/** A job whose operands differ in x, and whose sum nobody reads. */
function setIdle(i: u32): void {
  const idle = scratch(IDLE);
  // (1, 0) and (2, 0): on no curve, which the formula does not mind.
  const one = temporary(10), two = temporary(12);
  F.one(one);
  F.add(two, one, one);
  F.norm(two, two);
  memory.fill(idle, 0, 8 * E);
  F.store2(idle, idle, one);
  F.store2(idle + 2 * E, idle + 2 * E, two);
  setJob(i, idle + 4 * E, <u32>idle, <u32>(idle + 2 * E));
}

/**
 * Takes jobs that the formula cannot do (a point at infinity, equal or opposite points) out of the
 * batch, and keeps their results until the others have been written.
 */
function setSpecialAside(count: u32): u32 {
  let aside: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const job = scratch(JOBS) + <usize>i * 12;
    const a = load<u32>(job, 4), b = load<u32>(job, 8);
    const entry = scratch(ASIDE) + <usize>aside * (16 + 2 * E);
    if (!addSpecial(entry + 16, a, b)) continue;
    store<u32>(entry, load<u32>(job));
    aside++;
    setIdle(i);
  }
  return aside;
}

/** dst = a + b where the addition formula does not hold. @returns false where it does */
function addSpecial(dst: usize, a: u32, b: u32): bool {
  if (isInfinity(address(a))) copyPoint(dst, b);
  else if (isInfinity(address(b))) copyPoint(dst, a);
  else {
    const x = temporary(4), y1 = temporary(6), y2 = temporary(8), t = temporary(10);
    F.load2(x, address(a), address(b));
    F.load2(t, address(b), address(a));
    F.sub(t, t, x);
    F.norm(t, t);
    if (F.zeros(t) == 0) return false;
    F.loadSigned2(y1, address(a) + E, address(a) + E, a & 1, a & 1);
    F.loadSigned2(y2, address(b) + E, address(b) + E, b & 1, b & 1);
    F.sub(t, y1, y2);
    F.norm(t, t);
    if (F.zeros(t) == 0) memory.fill(dst, 0, 2 * E);
    else double(dst, x, y1);
  }
  return true;
}

/** dst = 2·(x, y), both of each pair alike; the group has no point of order two. */
function double(dst: usize, x: usize, y: usize): void {
  const slope = temporary(12), t = temporary(14), x3 = temporary(16);
  F.add(t, y, y);
  F.norm(t, t);
  F.inverse(slope, t);
  F.norm(slope, slope);
  F.mul(t, x, x);
  F.add(x3, t, t);
  F.add(t, t, x3);
  F.norm(t, t);
  F.mul(slope, slope, t);
  F.mul(t, slope, slope);
  F.sub(t, t, x);
  F.sub(t, t, x);
  F.norm(x3, t);
  F.sub(t, x, x3);
  F.norm(t, t);
  F.mul(t, t, slope);
  F.sub(t, t, y);
  F.norm(t, t);
  F.store2(dst, dst, x3);
  F.store2(dst + E, dst + E, t);
}

/** The point at a, negated if its lowest bit is set. */
export function copyPoint(dst: usize, a: u32): void {
  const t = temporary(10);
  const from = address(a);
  memory.copy(dst, from, E);
  F.loadSigned2(t, from + E, from + E, a & 1, a & 1);
  F.norm(t, t);
  F.store2(dst + E, dst + E, t);
}

/** Both coordinates zero; the sign bits of zeros do not count. */
function isInfinity(at: usize): bool {
  const t = temporary(10);
  F.load2(t, at, at + E);
  return F.zeros(t) == 3;
}
