import { ELEMENT_BYTES, multiply, R3 } from './field';

/**
 * Inversion by Bernstein and Yang's division steps, thirty at a time, in variable time: witnesses are
 * made on the holder's own machine. After libsecp256k1's modinv32 (Wuille, Maxwell, Dettman).
 * Numbers here are nine signed limbs of 30 bits.
 */
const LIMBS: usize = 9;
const MASK30: i32 = 0x3fffffff;
/** 1/r modulo 2^30. */
const MODULUS_INVERSE: u32 = 0x10000001;
const MODULUS30: usize = memory.data<i32>([
  0x30000001, 0x0f87d64f, 0x1b970914, 0x0cfa121e, 0x01585d28, 0x0116da06, 0x1a029b85, 0x139cb84c,
  0x00003064,
]);
/** −1/(2i + 1) modulo 256. */
const INVERSE_256: usize = memory.data(128);
const D: usize = memory.data(36, 16);
const E: usize = memory.data(36, 16);
const F: usize = memory.data(36, 16);
const G: usize = memory.data(36, 16);
/** u, v, q, r of the last thirty steps. */
const STEP: usize = memory.data(16, 16);
const RESULT: usize = memory.data(36, 16);

for (let i: u32 = 0; i < 128; i++) {
  const odd = 2 * i + 1;
  let inverse = (3 * odd) ^ 2;
  inverse *= 2 - odd * inverse;
  store<u8>(INVERSE_256 + i, <u8>(0 - inverse));
}

function divisionSteps(start: i32): i32 {
  let eta = start;
  let u: u32 = 1;
  let v: u32 = 0;
  let q: u32 = 0;
  let r: u32 = 1;
  let f = load<u32>(F);
  let g = load<u32>(G);
  let left: i32 = 30;
  while (true) {
    const zeros = <i32>ctz<u32>(g | (<u32>0xffffffff << left));
    g >>= zeros;
    u <<= zeros;
    v <<= zeros;
    eta -= zeros;
    left -= zeros;
    if (left == 0) break;
    if (eta < 0) {
      eta = -eta;
      const oldF = f;
      f = g;
      g = 0 - oldF;
      const oldU = u;
      u = q;
      q = 0 - oldU;
      const oldV = v;
      v = r;
      r = 0 - oldV;
    }
    const limit = min<i32>(eta + 1, left);
    const mask = (<u32>0xffffffff >> (32 - limit)) & 255;
    const w = (g * <u32>load<u8>(INVERSE_256 + ((f >> 1) & 127))) & mask;
    g += f * w;
    q += u * w;
    r += v * w;
  }
  store<u32>(STEP, u);
  store<u32>(STEP, v, 4);
  store<u32>(STEP, q, 8);
  store<u32>(STEP, r, 12);
  return eta;
}

function updateDE(): void {
  const u = load<i32>(STEP);
  const v = load<i32>(STEP, 4);
  const q = load<i32>(STEP, 8);
  const r = load<i32>(STEP, 12);
  const signD = load<i32>(D, 32) >> 31;
  const signE = load<i32>(E, 32) >> 31;
  let modD = (u & signD) + (v & signE);
  let modE = (q & signD) + (r & signE);
  let d: i64 = load<i32>(D);
  let e: i64 = load<i32>(E);
  let carryD = <i64>u * d + <i64>v * e;
  let carryE = <i64>q * d + <i64>r * e;
  modD -= <i32>(MODULUS_INVERSE * <u32>carryD + <u32>modD) & MASK30;
  modE -= <i32>(MODULUS_INVERSE * <u32>carryE + <u32>modE) & MASK30;
  carryD += <i64>load<i32>(MODULUS30) * <i64>modD;
  carryE += <i64>load<i32>(MODULUS30) * <i64>modE;
  carryD >>= 30;
  carryE >>= 30;
  for (let i: usize = 4; i < 4 * LIMBS; i += 4) {
    d = load<i32>(D + i);
    e = load<i32>(E + i);
    const m: i64 = load<i32>(MODULUS30 + i);
    carryD += <i64>u * d + <i64>v * e + m * <i64>modD;
    carryE += <i64>q * d + <i64>r * e + m * <i64>modE;
    store<i32>(D + i - 4, <i32>carryD & MASK30);
    store<i32>(E + i - 4, <i32>carryE & MASK30);
    carryD >>= 30;
    carryE >>= 30;
  }
  store<i32>(D, <i32>carryD, 32);
  store<i32>(E, <i32>carryE, 32);
}

function updateFG(bytes: usize): void {
  const u: i64 = load<i32>(STEP);
  const v: i64 = load<i32>(STEP, 4);
  const q: i64 = load<i32>(STEP, 8);
  const r: i64 = load<i32>(STEP, 12);
  let f: i64 = load<i32>(F);
  let g: i64 = load<i32>(G);
  let carryF = (u * f + v * g) >> 30;
  let carryG = (q * f + r * g) >> 30;
  for (let i: usize = 4; i < bytes; i += 4) {
    f = load<i32>(F + i);
    g = load<i32>(G + i);
    carryF += u * f + v * g;
    carryG += q * f + r * g;
    store<i32>(F + i - 4, <i32>carryF & MASK30);
    store<i32>(G + i - 4, <i32>carryG & MASK30);
    carryF >>= 30;
    carryG >>= 30;
  }
  store<i32>(F + bytes - 4, <i32>carryF);
  store<i32>(G + bytes - 4, <i32>carryG);
}

function isZeroG(bytes: usize): bool {
  let bits: i32 = 0;
  for (let i: usize = 0; i < bytes; i += 4) bits |= load<i32>(G + i);
  return bits == 0;
}

/** 29-bit limbs to 30-bit ones. */
function split30(to: usize, x: usize): void {
  let bits: u64 = 0;
  let count: u64 = 0;
  let from = x;
  for (let i: usize = 0; i < LIMBS; i++) {
    while (count < 30 && from < x + ELEMENT_BYTES) {
      bits |= <u64>load<u32>(from) << count;
      from += 4;
      count += 29;
    }
    store<i32>(to + 4 * i, <i32>bits & MASK30);
    bits >>= 30;
    count = count > 30 ? count - 30 : 0;
  }
}

/** ±D + 2r, which is in (0, 4r), to 29-bit limbs. */
function collect(to: usize, isNegative: bool): void {
  const sign: i64 = isNegative ? -1 : 1;
  let carry: i64 = 0;
  let bits: u64 = 0;
  let count: u64 = 0;
  let into = to;
  for (let i: usize = 0; i < 4 * LIMBS; i += 4) {
    carry += sign * <i64>load<i32>(D + i) + 2 * <i64>load<i32>(MODULUS30 + i);
    bits |= <u64>(carry & MASK30) << count;
    carry >>= 30;
    count += 30;
    while (count >= 29 && into < to + ELEMENT_BYTES) {
      store<u32>(into, <u32>bits & 0x1fffffff);
      into += 4;
      bits >>= 29;
      count -= 29;
    }
  }
}

/** The inverse of a value in Montgomery form that is not zero. */
export function invert(to: usize, x: usize): void {
  memory.fill(D, 0, 36);
  memory.fill(E, 0, 36);
  store<i32>(E, 1);
  memory.copy(F, MODULUS30, 36);
  split30(G, x);
  let bytes: usize = 4 * LIMBS;
  let eta: i32 = -1;
  while (true) {
    eta = divisionSteps(eta);
    updateDE();
    updateFG(bytes);
    if (load<i32>(G) == 0 && isZeroG(bytes)) break;
    const topF = load<i32>(F + bytes - 4);
    const topG = load<i32>(G + bytes - 4);
    if (bytes > 4 && topF == topF >> 31 && topG == topG >> 31) {
      const below = bytes - 8;
      store<u32>(F + below, load<u32>(F + below) | (<u32>topF << 30));
      store<u32>(G + below, load<u32>(G + below) | (<u32>topG << 30));
      bytes -= 4;
    }
  }
  collect(RESULT, load<i32>(F + bytes - 4) < 0);
  // 1/(aR) · R³ / R = R/a.
  multiply(to, RESULT, R3);
}
