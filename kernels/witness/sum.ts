import { MASK, MU, P0, P1, P2, P3, P4, P5, P6, P7, P8 } from './field';

/** 1/(P8 + 1): the quotient by r is never overestimated. */
const PER_MODULUS: f64 = 1.0 / 3171407.0;

/**
 * Σ x·y + Σ plus − Σ minus + Σ weight·flag with one reduction. Words at `pc`: the counts of the four
 * lists, then the addresses they hold. At most six products, so that no column exceeds 64 bits.
 * @returns the word after
 */
export function sum(pc: usize, to: usize): usize {
  const products = load<u32>(pc);
  const plus = load<u32>(pc, 4);
  const minus = load<u32>(pc, 8);
  const flags = load<u32>(pc, 12);
  pc += 16;
  let s0: u64 = 0;
  let s1: u64 = 0;
  let s2: u64 = 0;
  let s3: u64 = 0;
  let s4: u64 = 0;
  let s5: u64 = 0;
  let s6: u64 = 0;
  let s7: u64 = 0;
  let s8: u64 = 0;
  if (products == 1) {
    const x: usize = load<u32>(pc);
    const y: usize = load<u32>(pc, 4);
    pc += 8;
    const y0: u64 = load<u32>(y);
    const y1: u64 = load<u32>(y, 4);
    const y2: u64 = load<u32>(y, 8);
    const y3: u64 = load<u32>(y, 12);
    const y4: u64 = load<u32>(y, 16);
    const y5: u64 = load<u32>(y, 20);
    const y6: u64 = load<u32>(y, 24);
    const y7: u64 = load<u32>(y, 28);
    const y8: u64 = load<u32>(y, 32);
    for (let i: usize = 0; i < 36; i += 4) {
      const a: u64 = load<u32>(x + i);
      const t = s0 + a * y0;
      const q = ((t & MASK) * MU) & MASK;
      s0 = s1 + a * y1 + q * P1 + ((t + q * P0) >> 29);
      s1 = s2 + a * y2 + q * P2;
      s2 = s3 + a * y3 + q * P3;
      s3 = s4 + a * y4 + q * P4;
      s4 = s5 + a * y5 + q * P5;
      s5 = s6 + a * y6 + q * P6;
      s6 = s7 + a * y7 + q * P7;
      s7 = a * y8 + q * P8;
    }
  } else if (products > 1) {
    const end = pc + 8 * products;
    for (let i: usize = 0; i < 36; i += 4) {
      for (let at = pc; at < end; at += 8) {
        const a: u64 = load<u32>(<usize>load<u32>(at) + i);
        const y: usize = load<u32>(at, 4);
        s0 += a * <u64>load<u32>(y);
        s1 += a * <u64>load<u32>(y, 4);
        s2 += a * <u64>load<u32>(y, 8);
        s3 += a * <u64>load<u32>(y, 12);
        s4 += a * <u64>load<u32>(y, 16);
        s5 += a * <u64>load<u32>(y, 20);
        s6 += a * <u64>load<u32>(y, 24);
        s7 += a * <u64>load<u32>(y, 28);
        s8 += a * <u64>load<u32>(y, 32);
      }
      const q = ((s0 & MASK) * MU) & MASK;
      s0 = s1 + q * P1 + ((s0 + q * P0) >> 29);
      s1 = s2 + q * P2;
      s2 = s3 + q * P3;
      s3 = s4 + q * P4;
      s4 = s5 + q * P5;
      s5 = s6 + q * P6;
      s6 = s7 + q * P7;
      s7 = s8 + q * P8;
      s8 = 0;
    }
    pc = end;
  }

  for (const end = pc + 4 * plus; pc < end; pc += 4) {
    const x: usize = load<u32>(pc);
    s0 += load<u32>(x);
    s1 += load<u32>(x, 4);
    s2 += load<u32>(x, 8);
    s3 += load<u32>(x, 12);
    s4 += load<u32>(x, 16);
    s5 += load<u32>(x, 20);
    s6 += load<u32>(x, 24);
    s7 += load<u32>(x, 28);
    s8 += load<u32>(x, 32);
  }
  if (minus > 0) {
    // What is taken away is below twice the modulus each.
    const k = 2 * <u64>minus;
    s0 += k * P0;
    s1 += k * P1;
    s2 += k * P2;
    s3 += k * P3;
    s4 += k * P4;
    s5 += k * P5;
    s6 += k * P6;
    s7 += k * P7;
    s8 += k * P8;
    for (const end = pc + 4 * minus; pc < end; pc += 4) {
      const x: usize = load<u32>(pc);
      s0 -= load<u32>(x);
      s1 -= load<u32>(x, 4);
      s2 -= load<u32>(x, 8);
      s3 -= load<u32>(x, 12);
      s4 -= load<u32>(x, 16);
      s5 -= load<u32>(x, 20);
      s6 -= load<u32>(x, 24);
      s7 -= load<u32>(x, 28);
      s8 -= load<u32>(x, 32);
    }
  }
  for (const end = pc + 8 * flags; pc < end; pc += 8) {
    // A flag is 0 or R mod r, whose lowest limb is not zero.
    if (load<u32>(load<u32>(pc, 4)) == 0) continue;
    const x: usize = load<u32>(pc);
    s0 += load<u32>(x);
    s1 += load<u32>(x, 4);
    s2 += load<u32>(x, 8);
    s3 += load<u32>(x, 12);
    s4 += load<u32>(x, 16);
    s5 += load<u32>(x, 20);
    s6 += load<u32>(x, 24);
    s7 += load<u32>(x, 28);
    s8 += load<u32>(x, 32);
  }

  // Columns may be negative; the whole is not.
  s1 += <u64>(<i64>s0 >> 29);
  s2 += <u64>(<i64>s1 >> 29);
  s3 += <u64>(<i64>s2 >> 29);
  s4 += <u64>(<i64>s3 >> 29);
  s5 += <u64>(<i64>s4 >> 29);
  s6 += <u64>(<i64>s5 >> 29);
  s7 += <u64>(<i64>s6 >> 29);
  s8 += <u64>(<i64>s7 >> 29);
  s0 &= MASK;
  s1 &= MASK;
  s2 &= MASK;
  s3 &= MASK;
  s4 &= MASK;
  s5 &= MASK;
  s6 &= MASK;
  s7 &= MASK;
  if (s8 > P8) {
    const q = <u64>(<f64>s8 * PER_MODULUS);
    s0 -= q * P0;
    s1 -= q * P1 - <u64>(<i64>s0 >> 29);
    s2 -= q * P2 - <u64>(<i64>s1 >> 29);
    s3 -= q * P3 - <u64>(<i64>s2 >> 29);
    s4 -= q * P4 - <u64>(<i64>s3 >> 29);
    s5 -= q * P5 - <u64>(<i64>s4 >> 29);
    s6 -= q * P6 - <u64>(<i64>s5 >> 29);
    s7 -= q * P7 - <u64>(<i64>s6 >> 29);
    s8 -= q * P8 - <u64>(<i64>s7 >> 29);
  }
  store<u32>(to, <u32>(s0 & MASK));
  store<u32>(to, <u32>(s1 & MASK), 4);
  store<u32>(to, <u32>(s2 & MASK), 8);
  store<u32>(to, <u32>(s3 & MASK), 12);
  store<u32>(to, <u32>(s4 & MASK), 16);
  store<u32>(to, <u32>(s5 & MASK), 20);
  store<u32>(to, <u32>(s6 & MASK), 24);
  store<u32>(to, <u32>(s7 & MASK), 28);
  store<u32>(to, <u32>s8, 32);
  return pc;
}
