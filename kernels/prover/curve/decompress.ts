import * as F from './coordinate';
import { temporary } from '../scratch';

const STORED: usize = F.STORED_BYTES;

/** The prime of the coordinates, least significant word first. */
const PRIME: usize = memory.data<u64>([
  0x3c208c16d87cfd47, 0x97816a916871ca8d, 0xb85045b68181585d, 0x30644e72e131a029,
]);

/**
 * Points of a zkey (coordinates x·2^256) from their x, not at infinity. The highest bit of x is the
 * lowest of y as stored, or of its second part where the first is 0.
 * @returns how many x are on no point, or not below the prime; their y is not to be used
 */
export function decompressPoints(dst: usize, src: usize, count: u32): u32 {
  const x = temporary(0), square = temporary(2), y = temporary(4), t = temporary(6);
  let wrong: u32 = 0;
  for (let i: u32 = 0; i < count; i += 2, src += 2 * STORED, dst += 4 * STORED) {
    // An odd one out is paired with itself.
    const hasNext = i + 1 < count;
    const nextSrc = hasNext ? src + STORED : src, next = hasNext ? dst + 2 * STORED : dst;
    const odd = takeSign(dst, src), nextOdd = takeSign(next, nextSrc);
    if (!isCanonical(dst)) wrong++;
    if (hasNext && !isCanonical(next)) wrong++;

    F.split(t, dst, next);
    F.scale(x, t, F.FROM_STORED);
    F.norm(x, x);
    F.square(square, x);
    F.mul(square, square, x);
    F.addB(square, square);
    F.squareRoot(y, square);
    F.square(t, y);
    F.sub(t, t, square);
    F.norm(t, t);
    const right = F.zeros(t);
    if (!(right & 1)) wrong++;
    if (hasNext && !(right & 2)) wrong++;

    F.scale(t, y, F.TO_STORED);
    F.norm(t, t);
    F.join(dst + STORED, next + STORED, t);
    setSign(dst + STORED, odd);
    if (hasNext) setSign(next + STORED, nextOdd);
  }
  return wrong;
}

/** Copies x without its sign. @returns the sign */
function takeSign(dst: usize, src: usize): u64 {
  memory.copy(dst, src, STORED);
  const top = load<u64>(src + STORED - 8);
  store<u64>(dst + STORED - 8, top & 0x7fffffffffffffff);
  return top >> 63;
}

function isCanonical(x: usize): bool {
  for (let part: usize = 0; part < STORED; part += 32) {
    let word: usize = 32;
    do word -= 8; while (word > 0 && load<u64>(x + part + word) == load<u64>(PRIME + word));
    if (load<u64>(x + part + word) >= load<u64>(PRIME + word)) return false;
  }
  return true;
}

/** y, or −y where the lowest bit of y is not the sign; the prime is odd, so one of them has it. */
function setSign(y: usize, sign: u64): void {
  let lowest = load<u64>(y);
  if (STORED > 32 && isZero(y)) lowest = load<u64>(y + 32);
  if ((lowest & 1) == sign) return;
  for (let part = y; part < y + STORED; part += 32) if (!isZero(part)) negate(part);
}

function isZero(x: usize): bool {
  return (load<u64>(x) | load<u64>(x, 8) | load<u64>(x, 16) | load<u64>(x, 24)) == 0;
}

/** x = prime − x. */
function negate(x: usize): void {
  let borrow: u64 = 0;
  for (let word: usize = 0; word < 32; word += 8) {
    const minuend = load<u64>(PRIME + word), subtrahend = load<u64>(x + word);
    const difference = minuend - subtrahend;
    store<u64>(x + word, difference - borrow);
    borrow = <u64>(minuend < subtrahend) | <u64>(difference < borrow);
  }
}
