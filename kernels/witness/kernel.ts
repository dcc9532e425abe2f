import { clear, copy, ELEMENT_BYTES, equals, isBelowModulus, isZero, multiply, ONE, R2, toInteger } from './field';
import { invert } from './inverse';
import { sum } from './sum';

/**
 * Runs a witness graph: words of 32 bits, an operation's kind and then what it needs, every operand
 * the address of a slot. Results go to the next free slots, in order. The caller lays out the memory
 * above `heapBase`, and has checked that every address is one of a slot filled before.
 */
export { decode, decodeWires, largestDivision } from './decode';

const SUM: u32 = 0;
const DIVIDE: u32 = 1;
const BITS: u32 = 2;
const IS_ZERO: u32 = 3;
const FLOOR: u32 = 4;
const ASSERT_ZERO: u32 = 5;

const INTEGER: usize = memory.data(36, 16);
const RUNNING: usize = memory.data(36, 16);
const INVERSE: usize = memory.data(36, 16);

export function heapBase(): usize {
  return __heap_base;
}

/** Integers of 32 bytes, little-endian, to slots. @returns whether all are in [0, r) */
export function load256(from: usize, count: u32, to: usize): bool {
  for (let i: u32 = 0; i < count; i++) {
    readInteger(from);
    if (!isBelowModulus(INTEGER)) return false;
    multiply(to, INTEGER, R2);
    from += 32;
    to += ELEMENT_BYTES;
  }
  return true;
}

/** The slots whose addresses stand at `table` to integers of 32 bytes, little-endian, in [0, r). */
export function store256(table: usize, count: u32, to: usize): void {
  for (const end = table + 4 * count; table < end; table += 4) {
    const slot: usize = load<u32>(table);
    if (load<u32>(slot) == 0 && isZero(slot)) {
      writeSmall(to, 0);
    } else if (load<u32>(slot) == load<u32>(ONE) && equals(slot, ONE)) {
      writeSmall(to, 1);
    } else {
      toInteger(INTEGER, slot);
      writeInteger(to);
    }
    to += 32;
  }
}

/** @returns 0, or the address of the operation that an unmet constraint stopped */
export function run(pc: usize, end: usize, to: usize, scratch: usize): usize {
  while (pc < end) {
    const at = pc;
    const kind = load<u32>(pc);
    pc += 4;
    if (kind == SUM) {
      pc = sum(pc, to);
      to += ELEMENT_BYTES;
    } else if (kind == DIVIDE) {
      const count = load<u32>(pc);
      if (!divide(pc + 4, count, to, scratch)) return at;
      pc += 4 + 8 * count;
      to += ELEMENT_BYTES * count;
    } else if (kind == BITS) {
      const count = load<u32>(pc, 4);
      if (!bits(load<u32>(pc), count, to)) return at;
      pc += 8;
      to += ELEMENT_BYTES * count;
    } else if (kind == IS_ZERO) {
      if (isZero(load<u32>(pc))) copy(to, ONE);
      else clear(to);
      pc += 4;
      to += ELEMENT_BYTES;
    } else if (kind == FLOOR) {
      floorOf(load<u32>(pc), load<u32>(pc, 4), to);
      pc += 8;
      to += ELEMENT_BYTES;
    } else if (kind == ASSERT_ZERO) {
      if (!isZero(load<u32>(pc))) return at;
      pc += 4;
    } else {
      return at;
    }
  }
  return 0;
}

/** `count` quotients with one inversion (Montgomery); 0/0 = 0 as in circom. @returns whether no other is by zero */
function divide(pairs: usize, count: u32, to: usize, scratch: usize): bool {
  copy(RUNNING, ONE);
  for (let i: usize = 0; i < count; i++) {
    const divisor: usize = load<u32>(pairs + 8 * i, 4);
    if (isZero(divisor)) {
      if (!isZero(load<u32>(pairs + 8 * i))) return false;
      continue;
    }
    copy(scratch + ELEMENT_BYTES * i, RUNNING);
    multiply(RUNNING, RUNNING, divisor);
  }
  invert(RUNNING, RUNNING);
  for (let i: usize = count; i-- > 0; ) {
    const divisor: usize = load<u32>(pairs + 8 * i, 4);
    const result = to + ELEMENT_BYTES * i;
    if (isZero(divisor)) {
      clear(result);
      continue;
    }
    multiply(INVERSE, RUNNING, scratch + ELEMENT_BYTES * i);
    multiply(result, INVERSE, load<u32>(pairs + 8 * i));
    multiply(RUNNING, RUNNING, divisor);
  }
  return true;
}

/** The low `count` bits. @returns whether there are no others */
function bits(x: usize, count: u32, to: usize): bool {
  toInteger(INTEGER, x);
  let limb: usize = INTEGER;
  let word = load<u32>(limb);
  let left: i32 = 29;
  for (let i: u32 = 0; i < count; i++) {
    if (left == 0) {
      limb += 4;
      word = load<u32>(limb);
      left = 29;
    }
    if (word & 1) copy(to, ONE);
    else clear(to);
    word >>= 1;
    left--;
    to += ELEMENT_BYTES;
  }
  for (limb += 4; limb < INTEGER + ELEMENT_BYTES; limb += 4) word |= load<u32>(limb);
  return word == 0;
}

/** Of the integer in [0, r), rounded down. */
function floorOf(x: usize, divisor: u32, to: usize): void {
  toInteger(INTEGER, x);
  let rest: u64 = 0;
  for (let i: i32 = 8; i >= 0; i--) {
    const limb = INTEGER + 4 * i;
    rest = (rest << 29) | <u64>load<u32>(limb);
    store<u32>(limb, <u32>(rest / divisor));
    rest %= divisor;
  }
  multiply(to, INTEGER, R2);
}

function readInteger(from: usize): void {
  const w0 = load<u64>(from);
  const w1 = load<u64>(from, 8);
  const w2 = load<u64>(from, 16);
  const w3 = load<u64>(from, 24);
  store<u32>(INTEGER, <u32>w0 & 0x1fffffff);
  store<u32>(INTEGER, <u32>(w0 >> 29) & 0x1fffffff, 4);
  store<u32>(INTEGER, <u32>((w0 >> 58) | (w1 << 6)) & 0x1fffffff, 8);
  store<u32>(INTEGER, <u32>(w1 >> 23) & 0x1fffffff, 12);
  store<u32>(INTEGER, <u32>((w1 >> 52) | (w2 << 12)) & 0x1fffffff, 16);
  store<u32>(INTEGER, <u32>(w2 >> 17) & 0x1fffffff, 20);
  store<u32>(INTEGER, <u32>((w2 >> 46) | (w3 << 18)) & 0x1fffffff, 24);
  store<u32>(INTEGER, <u32>(w3 >> 11) & 0x1fffffff, 28);
  store<u32>(INTEGER, <u32>(w3 >> 40), 32);
}

function writeInteger(to: usize): void {
  const l2: u64 = load<u32>(INTEGER, 8);
  const l4: u64 = load<u32>(INTEGER, 16);
  const l6: u64 = load<u32>(INTEGER, 24);
  store<u64>(to, <u64>load<u32>(INTEGER) | (<u64>load<u32>(INTEGER, 4) << 29) | (l2 << 58));
  store<u64>(to, (l2 >> 6) | (<u64>load<u32>(INTEGER, 12) << 23) | (l4 << 52), 8);
  store<u64>(to, (l4 >> 12) | (<u64>load<u32>(INTEGER, 20) << 17) | (l6 << 46), 16);
  store<u64>(
    to,
    (l6 >> 18) | (<u64>load<u32>(INTEGER, 28) << 11) | (<u64>load<u32>(INTEGER, 32) << 40),
    24,
  );
}

function writeSmall(to: usize, value: u64): void {
  store<u64>(to, value);
  store<u64>(to, 0, 8);
  store<u64>(to, 0, 16);
  store<u64>(to, 0, 24);
}
