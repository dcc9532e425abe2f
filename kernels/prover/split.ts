import { writeDigits } from './digits';
import { temporary } from './scratch';

/**
 * The split of Gallant, Lambert and Vanstone (CRYPTO 2001): k = k1 + λ·k2 mod r with λ a cube root of
 * one, and k1, k2 of half the length. (A1, −B1) and (A2, A1) span the pairs (i, j) with i + λ·j = 0
 * mod r. Words of 32 bits, lowest first.
 */
const A1: usize = memory.data<u32>([0x94d213e3, 0x89d32568]);
const A2: usize = memory.data<u32>([0x1221250b, 0x0be4e154, 0xeeb859fd, 0x6f4d8248]);
const B1: usize = memory.data<u32>([0x7d4f1128, 0x8211bbeb, 0xeeb859fc, 0x6f4d8248]);
/** ⌊2^256·A1 / r⌋ and ⌊2^256·B1 / r⌋. */
const SHARE1: usize = memory.data<u32>([0xc7e0b3d7, 0xd91d232e, 0x2]);
const SHARE2: usize = memory.data<u32>([0x391eb18d, 0x7a7bd9d4, 0xa773d2cf, 0x4ccef014, 0x2]);

/**
 * Signed digits of k1, then of k2, of each scalar: i16[windows] in all, each half as `recode` writes
 * them.
 * @param scalars integers of 32 bytes below 2^254
 * @param windows even; windows/2·width ≥ 129
 */
export function recodeSplit(dst: usize, scalars: usize, count: u32, width: u32, windows: u32): void {
  const half = windows >> 1;
  const c1 = temporary(0), c2 = temporary(1);
  const k1 = temporary(2), k2 = k1 + 32, minus = temporary(3);
  for (let i: u32 = 0; i < count; i++, scalars += 32, dst += windows << 1) {
    let sign: i32 = 1;
    if ((load<u64>(scalars, 16) | load<u64>(scalars, 24)) == 0) {
      // Half a scalar already. The split would give neighbouring values the same digits, and
      // comparisons put such values on equal points: sums of those take a slower way.
      memory.copy(k1, scalars, 32);
      memory.fill(k2, 0, 32);
    } else {
      // c = ⌊k·A1 / r⌋ and ⌊k·B1 / r⌋, or one less: low words that cannot matter more are left out. So
      // k1 and k2 are below 2^128, and k1 is not negative.
      memory.fill(c1, 0, 2 * 80);
      addProduct(c1, 7, scalars + 16, 4, SHARE1, 3);
      addProduct(c2, 11, scalars + 8, 6, SHARE2, 5);
      // k1 = k − (c1·A1 + c2·A2), k2 = c1·B1 − c2·A1
      memory.fill(k1, 0, 2 * 80);
      addProduct(k1, WORDS, c1 + 16, 2, A1, 2);
      addProduct(k1, WORDS, c2 + 24, 4, A2, 4);
      subtract(k1, scalars, k1);
      addProduct(k2, WORDS, c1 + 16, 2, B1, 4);
      addProduct(minus, WORDS, c2 + 24, 4, A1, 2);
      if (isLess(k2, minus)) {
        sign = -1;
        subtract(k2, minus, k2);
      } else subtract(k2, k2, minus);
    }
    writeDigits(dst, k1, width, half, 1);
    writeDigits(dst + (half << 1), k2, width, half, sign);
  }
}

/** k1 and k2 are computed modulo 2^160. */
const WORDS: u32 = 5;

/** dst += a·b, modulo 2^(32·words). */
function addProduct(dst: usize, words: u32, a: usize, aWords: u32, b: usize, bWords: u32): void {
  for (let i: u32 = 0; i < aWords; i++, dst += 4, words--) {
    const factor = <u64>load<u32>(a + (<usize>i << 2));
    let sum: u64 = 0;
    for (let j: u32 = 0; j < words; j++) {
      const at = dst + (<usize>j << 2);
      if (j < bWords) sum += factor * <u64>load<u32>(b + (<usize>j << 2));
      else if (sum == 0) break;
      // At most (2^32 − 1)² + 2·(2^32 − 1) = 2^64 − 1.
      sum += load<u32>(at);
      store<u32>(at, <u32>sum);
      sum >>= 32;
    }
  }
}

/** dst = a − b modulo 2^160. */
function subtract(dst: usize, a: usize, b: usize): void {
  let rest: i64 = 0;
  for (let at: usize = 0; at < WORDS << 2; at += 4) {
    rest += <i64>load<u32>(a + at) - <i64>load<u32>(b + at);
    store<u32>(dst + at, <u32>rest);
    rest >>= 32;
  }
}

function isLess(a: usize, b: usize): bool {
  let at: usize = WORDS << 2;
  do {
    at -= 4;
    if (load<u32>(a + at) != load<u32>(b + at)) return load<u32>(a + at) < load<u32>(b + at);
  } while (at > 0);
  return false;
}
