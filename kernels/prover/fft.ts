import * as Fr from './Fr';
import { temporary } from './scratch';

/**
 * Transforms in place over 2^power elements, as pairs of neighbours (80 bytes a pair). The inverse
 * one takes natural order and leaves bit-reversed order, the forward one takes that and leaves
 * natural order, so nothing is ever permuted. power ≥ 1.
 *
 * twiddles: for each half-length m = 2, 4 … 2^(power−1) the powers 0 … m − 1 of the 2m-th root, at
 * element m. Results come from norm.
 */

/** Decimation in frequency: natural order in, bit-reversed out. */
export function transformDown(data: usize, power: u32, twiddles: usize): void {
  const sum = temporary(0), difference = temporary(1);
  const end = data + (<usize>40 << power);
  for (let half: usize = 1 << (power - 1); half > 1; half >>= 1) {
    const span = half * 40, roots = twiddles + span;
    for (let block = data; block < end; block += 2 * span) {
      for (let i: usize = 0; i < span; i += 80) {
        const a = block + i, b = a + span;
        Fr.sub(difference, a, b);
        Fr.add(sum, a, b);
        Fr.norm(a, sum);
        Fr.mul(b, difference, roots + i);
      }
    }
  }
  lastLayer(data, end);
}

/** Decimation in time: bit-reversed order in, natural out. */
export function transformUp(data: usize, power: u32, twiddles: usize): void {
  const product = temporary(0), sum = temporary(1);
  const end = data + (<usize>40 << power);
  lastLayer(data, end);
  for (let half: usize = 2; half < (<usize>1 << power); half <<= 1) {
    const span = half * 40, roots = twiddles + span;
    for (let block = data; block < end; block += 2 * span) {
      for (let i: usize = 0; i < span; i += 80) {
        const a = block + i, b = a + span;
        Fr.mul(product, b, roots + i);
        Fr.add(sum, a, product);
        Fr.sub(product, a, product);
        Fr.norm(a, sum);
        Fr.norm(b, product);
      }
    }
  }
}

/** Butterflies within pairs, which have no root to multiply with; two pairs at a time where there are. */
function lastLayer(data: usize, end: usize): void {
  const a = temporary(0), b = temporary(1), sum = temporary(2), difference = temporary(3);
  for (let at = data; at < end; at += 160) {
    const next = at + 80 < end ? at + 80 : at;
    Fr.transpose(a, b, at, next);
    Fr.add(sum, a, b);
    Fr.sub(difference, a, b);
    Fr.norm(sum, sum);
    Fr.norm(difference, difference);
    Fr.transpose(a, b, sum, difference);
    Fr.copy(at, a);
    if (next != at) Fr.copy(next, b);
  }
}

/** dst[i] = first · base^i, elements; first and base are pairs alike in both. */
export function powers(dst: usize, count: u32, first: usize, base: usize): void {
  const t = temporary(0), unused = temporary(2);
  Fr.copy(t, first);
  for (let i: u32 = 0; i < count; i++, dst += 40) {
    Fr.norm(t, t);
    Fr.store2(dst, unused, t);
    Fr.mul(t, t, base);
  }
}

/** Pairs of elements count apart: dst pair i = (src element 2i·stride, src element (2i + 1)·stride). */
export function pairUp(dst: usize, src: usize, pairs: u32, stride: u32): void {
  const step = <usize>stride * 40;
  for (let i: u32 = 0; i < pairs; i++, dst += 80, src += 2 * step) Fr.load2(dst, src, src + step);
}

/** dst pairs from src elements, at bit-reversed places. */
export function pairUpReversed(dst: usize, src: usize, power: u32): void {
  const shift = 32 - power;
  for (let i: u32 = 0; i < (<u32>1 << power); i += 2, dst += 80) {
    Fr.load2(dst, src + <usize>(reverse(i) >> shift) * 40, src + <usize>(reverse(i + 1) >> shift) * 40);
  }
}

function reverse(x: u32): u32 {
  x = ((x >> 1) & 0x55555555) | ((x & 0x55555555) << 1);
  x = ((x >> 2) & 0x33333333) | ((x & 0x33333333) << 2);
  x = ((x >> 4) & 0x0f0f0f0f) | ((x & 0x0f0f0f0f) << 4);
  return bswap<u32>(x);
}

/** a[i] = a[i] · b[i], pairs. */
export function multiplyPairs(r: usize, a: usize, b: usize, pairs: u32): void {
  for (let i: u32 = 0; i < pairs; i++, r += 80, a += 80, b += 80) Fr.mul(r, a, b);
}

/** dst[i] = a[i]·b[i] − c[i] as integers of 32 bytes, in [0, r). */
export function writeQuotient(dst: usize, a: usize, b: usize, c: usize, pairs: u32): void {
  const t = temporary(0);
  for (let i: u32 = 0; i < pairs; i++, dst += 64, a += 80, b += 80, c += 80) {
    Fr.mul(t, a, b);
    Fr.sub(t, t, c);
    Fr.mul(t, t, Fr.TO_INTEGER);
    Fr.norm(t, t);
    Fr.join(dst, dst + 32, t);
  }
}
