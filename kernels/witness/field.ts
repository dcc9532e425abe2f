/**
 * BN254 scalar field in Montgomery form, R = 2^261: nine limbs of 29 bits, one u32 each (36 bytes).
 * Stored values are below 1.1 r with every limb normalised, so that zero is 0 or r.
 */
export const ELEMENT_BYTES: usize = 36;
export const MASK: u64 = 0x1fffffff;
/** −1/r modulo 2^29. */
export const MU: u64 = 0x0fffffff;

export const P0: u64 = 0x10000001;
export const P1: u64 = 0x1f0fac9f;
export const P2: u64 = 0x0e5c2450;
export const P3: u64 = 0x07d090f3;
export const P4: u64 = 0x1585d283;
export const P5: u64 = 0x02db40c0;
export const P6: u64 = 0x00a6e141;
export const P7: u64 = 0x0e5c2634;
export const P8: u64 = 0x0030644e;

/** r. */
export const MODULUS: usize = memory.data<u32>([
  0x10000001, 0x1f0fac9f, 0x0e5c2450, 0x07d090f3, 0x1585d283, 0x02db40c0, 0x00a6e141, 0x0e5c2634,
  0x0030644e,
]);
/** R mod r: the Montgomery form of 1. */
export const ONE: usize = memory.data<u32>([
  0x0fffff57, 0x1ea70ab4, 0x052c068b, 0x17504f49, 0x0aa8075b, 0x1d4240ce, 0x11d54c07, 0x052ac7a8,
  0x000dc836,
]);
/** R² mod r. */
export const R2: usize = memory.data<u32>([
  0x05b69bd4, 0x06170a5a, 0x020cddce, 0x1db6310b, 0x0e54d0ff, 0x1cf855e3, 0x1c15e103, 0x07d09161,
  0x000a054a,
]);
/** R³ mod r. */
export const R3: usize = memory.data<u32>([
  0x001fddb2, 0x17d30b63, 0x1a2600ee, 0x09507c47, 0x1496b29b, 0x0b00a268, 0x15b645eb, 0x1f9fcb3d,
  0x001baa96,
]);

export function copy(to: usize, from: usize): void {
  store<u64>(to, load<u64>(from));
  store<u64>(to, load<u64>(from, 8), 8);
  store<u64>(to, load<u64>(from, 16), 16);
  store<u64>(to, load<u64>(from, 24), 24);
  store<u32>(to, load<u32>(from, 32), 32);
}

export function clear(to: usize): void {
  store<u64>(to, 0);
  store<u64>(to, 0, 8);
  store<u64>(to, 0, 16);
  store<u64>(to, 0, 24);
  store<u32>(to, 0, 32);
}

export function equals(x: usize, y: usize): bool {
  return (
    load<u64>(x) == load<u64>(y) &&
    load<u64>(x, 8) == load<u64>(y, 8) &&
    load<u64>(x, 16) == load<u64>(y, 16) &&
    load<u64>(x, 24) == load<u64>(y, 24) &&
    load<u32>(x, 32) == load<u32>(y, 32)
  );
}

export function isZero(x: usize): bool {
  if (load<u32>(x) == 0) {
    return (
      (load<u64>(x) | load<u64>(x, 8) | load<u64>(x, 16) | load<u64>(x, 24)) == 0 &&
      load<u32>(x, 32) == 0
    );
  }
  return equals(x, MODULUS);
}

/** Of an integer in limbs; the highest may have 32 bits. */
export function isBelowModulus(x: usize): bool {
  for (let i: i32 = 32; i >= 0; i -= 4) {
    const limb = load<u32>(x + i);
    const bound = load<u32>(MODULUS + i);
    if (limb != bound) return limb < bound;
  }
  return false;
}

/** x·y/R; x may have any nine limbs below 2^29, y any value below 4 r. */
export function multiply(to: usize, x: usize, y: usize): void {
  const y0: u64 = load<u32>(y);
  const y1: u64 = load<u32>(y, 4);
  const y2: u64 = load<u32>(y, 8);
  const y3: u64 = load<u32>(y, 12);
  const y4: u64 = load<u32>(y, 16);
  const y5: u64 = load<u32>(y, 20);
  const y6: u64 = load<u32>(y, 24);
  const y7: u64 = load<u32>(y, 28);
  const y8: u64 = load<u32>(y, 32);
  let s0: u64 = 0;
  let s1: u64 = 0;
  let s2: u64 = 0;
  let s3: u64 = 0;
  let s4: u64 = 0;
  let s5: u64 = 0;
  let s6: u64 = 0;
  let s7: u64 = 0;
  for (let i: usize = 0; i < ELEMENT_BYTES; i += 4) {
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
  store<u32>(to, <u32>(s0 & MASK));
  s1 += s0 >> 29;
  store<u32>(to, <u32>(s1 & MASK), 4);
  s2 += s1 >> 29;
  store<u32>(to, <u32>(s2 & MASK), 8);
  s3 += s2 >> 29;
  store<u32>(to, <u32>(s3 & MASK), 12);
  s4 += s3 >> 29;
  store<u32>(to, <u32>(s4 & MASK), 16);
  s5 += s4 >> 29;
  store<u32>(to, <u32>(s5 & MASK), 20);
  s6 += s5 >> 29;
  store<u32>(to, <u32>(s6 & MASK), 24);
  s7 += s6 >> 29;
  store<u32>(to, <u32>(s7 & MASK), 28);
  store<u32>(to, <u32>(s7 >> 29), 32);
}

/** Montgomery form to the integer in [0, r), in the same limbs. */
export function toInteger(to: usize, x: usize): void {
  let s0: u64 = load<u32>(x);
  let s1: u64 = load<u32>(x, 4);
  let s2: u64 = load<u32>(x, 8);
  let s3: u64 = load<u32>(x, 12);
  let s4: u64 = load<u32>(x, 16);
  let s5: u64 = load<u32>(x, 20);
  let s6: u64 = load<u32>(x, 24);
  let s7: u64 = load<u32>(x, 28);
  let s8: u64 = load<u32>(x, 32);
  for (let i = 0; i < 9; i++) {
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
  store<u32>(to, <u32>(s0 & MASK));
  s1 += s0 >> 29;
  store<u32>(to, <u32>(s1 & MASK), 4);
  s2 += s1 >> 29;
  store<u32>(to, <u32>(s2 & MASK), 8);
  s3 += s2 >> 29;
  store<u32>(to, <u32>(s3 & MASK), 12);
  s4 += s3 >> 29;
  store<u32>(to, <u32>(s4 & MASK), 16);
  s5 += s4 >> 29;
  store<u32>(to, <u32>(s5 & MASK), 20);
  s6 += s5 >> 29;
  store<u32>(to, <u32>(s6 & MASK), 24);
  s7 += s6 >> 29;
  store<u32>(to, <u32>(s7 & MASK), 28);
  store<u32>(to, <u32>(s7 >> 29), 32);
  // The result is at most r.
  if (equals(to, MODULUS)) clear(to);
}
