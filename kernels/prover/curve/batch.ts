import * as F from './coordinate';
import { ASIDE, DIFFERENCES, IDLE, JOBS, PRODUCTS, scratch, temporary } from '../scratch';

/**
 * Affine additions by the batch, with one inversion for all. A job adds the points at a and b and
 * writes to dst. Within a batch a job must not read what an earlier one writes. The point at infinity
 * is (0, 0).
 */
const E: usize = F.ELEMENT_BYTES;
const P: usize = 2 * F.ELEMENT_BYTES;

// @ts-ignore: decorator
@inline export function setJob(i: u32, dst: usize, a: usize, b: usize): void {
  const job = scratch(JOBS) + <usize>i * 12;
  store<u32>(job, <u32>dst);
  store<u32>(job, <u32>a, 4);
  store<u32>(job, <u32>b, 8);
}

/** Runs jobs 0 … count − 1; there is room for three more. */
export function runBatch(count: u32): void {
  if (count == 0) return;
  const quads = (count + 3) >> 2;
  for (let i = count; i < quads << 2; i++) setIdle(i);
  let aside: u32 = 0;
  let hasSpecial = multiplyDifferences(quads);
  const products = scratch(PRODUCTS);
  const even = temporary(0), odd = temporary(2), power = temporary(4);
  if (!hasSpecial) {
    F.mul(even, products, products + P);
    F.norm(even, even);
    hasSpecial = F.zeros(even) != 0;
  }
  if (hasSpecial) {
    aside = setSpecialAside(count);
    multiplyDifferences(quads);
  }
  F.mul(even, products, products + P);
  F.inverse(power, even);
  F.mul(even, power, products + P);
  F.mul(odd, power, products);
  for (let q: u32 = 0; q < quads; q++) addQuad(q, q + 1 < quads, even, odd);
  for (let i: u32 = 0; i < aside; i++) {
    const entry = scratch(ASIDE) + <usize>i * (16 + 2 * E);
    memory.copy(load<u32>(entry), entry + 16, 2 * E);
  }
}

/**
 * DIFFERENCES[k] = x(b) − x(a) of pair k; PRODUCTS[k] = their product over k, k + 2, k + 4 …: two
 * chains, of even and of odd pairs, so that the processor has independent products to work on.
 * @returns whether a point is, or may be, at infinity
 */
function multiplyDifferences(quads: u32): bool {
  let infinite: u32 = 0;
  const last = quads - 1;
  let difference = scratch(DIFFERENCES) + <usize>last * 2 * P;
  let product = scratch(PRODUCTS) + <usize>last * 2 * P;
  let job = scratch(JOBS) + <usize>last * 48;
  for (let q: u32 = quads; q > 0; q--) {
    infinite |= setDifference(difference, job);
    infinite |= setDifference(difference + P, job + 24);
    if (q == quads) {
      F.copy(product, difference);
      F.copy(product + P, difference + P);
    } else {
      F.mul(product, product + 2 * P, difference);
      F.mul(product + P, product + 3 * P, difference + P);
    }
    difference -= 2 * P;
    product -= 2 * P;
    job -= 48;
  }
  return infinite != 0;
}

// @ts-ignore: decorator
@inline function setDifference(difference: usize, job: usize): u32 {
  const x1 = temporary(6), x2 = temporary(8);
  F.load2(x1, load<u32>(job, 4), load<u32>(job, 16));
  F.load2(x2, load<u32>(job, 8), load<u32>(job, 20));
  F.sub(difference, x2, x1);
  if (F.IS_STRICT) F.norm(difference, difference);
  return F.zeros(x1) | F.zeros(x2);
}

/**
 * Two pairs of additions, step by step together. even, odd: inverses of the products of differences
 * from these pairs up; afterwards from the next ones up.
 */
// @ts-ignore: decorator
@inline function addQuad(q: u32, hasMore: bool, even: usize, odd: usize): void {
  const difference = scratch(DIFFERENCES) + <usize>q * 2 * P;
  const next = scratch(PRODUCTS) + <usize>(q + 1) * 2 * P;
  const job = scratch(JOBS) + <usize>q * 48;
  const inverse0 = temporary(6), inverse1 = temporary(8);
  if (hasMore) {
    F.mul(inverse0, even, next);
    F.mul(inverse1, odd, next + P);
    F.mul(even, even, difference);
    F.mul(odd, odd, difference + P);
  } else {
    F.copy(inverse0, even);
    F.copy(inverse1, odd);
  }
  const x10 = temporary(10), x20 = temporary(12), y10 = temporary(14), t0 = temporary(16), x30 = temporary(18);
  const x11 = temporary(20), x21 = temporary(22), y11 = temporary(24), t1 = temporary(26), x31 = temporary(28);
  loadOperands(job, x10, x20, y10, t0);
  loadOperands(job + 24, x11, x21, y11, t1);
  // The slopes take the place of the inverses.
  F.mul(inverse0, t0, inverse0);
  F.mul(inverse1, t1, inverse1);
  F.square(t0, inverse0);
  F.square(t1, inverse1);
  thirdX(x30, t0, x10, x20);
  thirdX(x31, t1, x11, x21);
  F.mul(t0, t0, inverse0);
  F.mul(t1, t1, inverse1);
  storeSum(job, x30, t0, y10);
  storeSum(job + 24, x31, t1, y11);
}

/** x and y of a, x of b, and the difference of their y, of a pair of jobs. */
// @ts-ignore: decorator
@inline function loadOperands(job: usize, x1: usize, x2: usize, y1: usize, dy: usize): void {
  const a0 = <usize>load<u32>(job, 4), b0 = <usize>load<u32>(job, 8), a1 = <usize>load<u32>(job, 16), b1 = <usize>load<u32>(job, 20);
  F.load2(x1, a0, a1);
  F.load2(x2, b0, b1);
  F.load2(y1, a0 + E, a1 + E);
  F.load2(dy, b0 + E, b1 + E);
  F.sub(dy, dy, y1);
  if (F.IS_STRICT) F.norm(dy, dy);
}

/** x3 = t − x1 − x2, then t = x1 − x3. */
// @ts-ignore: decorator
@inline function thirdX(x3: usize, t: usize, x1: usize, x2: usize): void {
  F.sub(t, t, x1);
  F.sub(t, t, x2);
  F.norm(x3, t);
  F.sub(t, x1, x3);
  if (F.IS_STRICT) F.norm(t, t);
}

// @ts-ignore: decorator
@inline function storeSum(job: usize, x3: usize, t: usize, y1: usize): void {
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
  setJob(i, idle + 4 * E, idle, idle + 2 * E);
}

/**
 * Takes jobs that the formula cannot do (a point at infinity, equal or opposite points) out of the
 * batch, and keeps their results until the others have been written.
 */
function setSpecialAside(count: u32): u32 {
  let aside: u32 = 0;
  for (let i: u32 = 0; i < count; i += 2) {
    if (!mayBeSpecial(i)) continue;
    if (setAside(i, aside)) aside++;
    if (i + 1 < count && setAside(i + 1, aside)) aside++;
  }
  return aside;
}

/** Whether an operand of jobs i and i + 1 has x = 0, or those of one job the same x. */
function mayBeSpecial(i: u32): bool {
  const job = scratch(JOBS) + <usize>i * 12;
  const t = temporary(4);
  F.norm(t, scratch(DIFFERENCES) + <usize>(i >> 1) * P);
  let zeros = F.zeros(t);
  F.load2(t, load<u32>(job, 4), load<u32>(job, 16));
  zeros |= F.zeros(t);
  F.load2(t, load<u32>(job, 8), load<u32>(job, 20));
  zeros |= F.zeros(t);
  return zeros != 0;
}

function setAside(i: u32, aside: u32): bool {
  const job = scratch(JOBS) + <usize>i * 12;
  const entry = scratch(ASIDE) + <usize>aside * (16 + 2 * E);
  if (!addSpecial(entry + 16, load<u32>(job, 4), load<u32>(job, 8))) return false;
  store<u32>(entry, load<u32>(job));
  setIdle(i);
  return true;
}

/** dst = a + b where the addition formula does not hold. @returns false where it does */
function addSpecial(dst: usize, a: usize, b: usize): bool {
  if (isInfinity(a)) memory.copy(dst, b, 2 * E);
  else if (isInfinity(b)) memory.copy(dst, a, 2 * E);
  else {
    const x = temporary(4), y = temporary(6), t = temporary(8);
    F.load2(x, a, b);
    F.load2(t, b, a);
    F.sub(t, t, x);
    F.norm(t, t);
    if (F.zeros(t) == 0) return false;
    F.load2(y, a + E, b + E);
    F.norm(y, y);
    F.load2(t, b + E, a + E);
    F.sub(t, t, y);
    F.norm(t, t);
    if (F.zeros(t) == 0) memory.fill(dst, 0, 2 * E);
    else double(dst, x, y);
  }
  return true;
}

/** dst = 2·(x, y), both of each pair alike; the group has no point of order two. */
function double(dst: usize, x: usize, y: usize): void {
  const slope = temporary(12), t = temporary(14), x3 = temporary(16);
  F.add(t, y, y);
  F.norm(t, t);
  F.inverse(slope, t);
  tangent(x3, t, slope, x, y);
  F.store2(dst, dst, x3);
  F.store2(dst + E, dst + E, t);
}

/** (x3, y3) = 2·(x, y), both of each pair; slope: the inverse of 2y, and then the slope. */
// @ts-ignore: decorator
@inline export function tangent(x3: usize, y3: usize, slope: usize, x: usize, y: usize): void {
  F.norm(slope, slope);
  F.square(y3, x);
  F.add(x3, y3, y3);
  F.add(y3, y3, x3);
  F.norm(y3, y3);
  F.mul(slope, slope, y3);
  F.square(y3, slope);
  F.sub(y3, y3, x);
  F.sub(y3, y3, x);
  F.norm(x3, y3);
  F.sub(y3, x, x3);
  F.norm(y3, y3);
  F.mul(y3, y3, slope);
  F.sub(y3, y3, y);
  F.norm(y3, y3);
}

/** Both coordinates zero; the sign bits of zeros do not count. */
function isInfinity(at: usize): bool {
  const t = temporary(10);
  F.load2(t, at, at + E);
  return F.zeros(t) == 3;
}
