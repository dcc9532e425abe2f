import { ELEMENT_BYTES } from './field';

/**
 * Decodes a graph's operations into the words that `run` reads, and checks all that `run` relies on:
 * every operand is a slot filled before, every count within its limit, nothing left over.
 * The codes and limits are those of src/groth16/witness/graph-format.ts.
 */
const CODE_DIVIDE: u32 = 0;
const CODE_BITS: u32 = 1;
const CODE_IS_ZERO: u32 = 2;
const CODE_FLOOR: u32 = 3;
const CODE_SUM: u32 = 5;
const MAX_BITS: u32 = 254;
const MAX_DIVISOR: u32 = 1 << 29;
/** scaled, products, constants, plus, minus, flags */
const SHAPE_BYTES: usize = 24;

let at: usize = 0;
let end: usize = 0;
let out: usize = 0;
let outEnd: usize = 0;
let isBad: bool = false;
let base: usize = 0;
let constants: i32 = 0;
let lastConstant: i32 = 0;
let next: u32 = 0;
let largest: u32 = 0;

/** Pairs of the largest division in what was decoded last. */
export function largestDivision(): u32 {
  return largest;
}

function varint(limit: u32): u32 {
  let value: u64 = 0;
  for (let shift: u64 = 0; shift < 35; shift += 7) {
    if (at >= end) break;
    const byte = load<u8>(at++);
    value |= (<u64>byte & 0x7f) << shift;
    if (byte < 0x80) {
      if (value > <u64>limit) break;
      return <u32>value;
    }
  }
  isBad = true;
  return 0;
}

function emit(word: u32): void {
  if (out >= outEnd) {
    isBad = true;
    return;
  }
  store<u32>(out, word);
  out += 4;
}

function operand(): void {
  const back = varint(next);
  if (back == 0) isBad = true;
  emit(<u32>(base + ELEMENT_BYTES * (next - back)));
}

function constant(): void {
  const coded = varint(2 * constants);
  const step = <i32>(coded >> 1);
  lastConstant += coded & 1 ? -step - 1 : step;
  if (lastConstant < 0 || lastConstant >= constants) {
    isBad = true;
    lastConstant = 0;
  }
  emit(<u32>(base + ELEMENT_BYTES * lastConstant));
}

function sum(shape: usize): void {
  const scaled = load<u32>(shape);
  const products = load<u32>(shape, 4);
  const added = load<u32>(shape, 8);
  const plus = load<u32>(shape, 12);
  const minus = load<u32>(shape, 16);
  const flags = load<u32>(shape, 20);
  emit(0);
  emit(scaled + products);
  emit(added + plus);
  emit(minus);
  emit(flags);
  for (let i: u32 = 0; i < scaled; i++) {
    constant();
    operand();
  }
  for (let i: u32 = 0; i < 2 * products; i++) operand();
  for (let i: u32 = 0; i < added; i++) constant();
  for (let i: u32 = 0; i < plus + minus; i++) operand();
  for (let i: u32 = 0; i < flags; i++) {
    constant();
    operand();
  }
  next++;
}

/**
 * @param shapes where `shapeCount` shapes of six words lie
 * @param slotBase the address of slot 0
 * @param to where the words go, before `toEnd`
 * @returns the address after the last word; 0 for operations that are not well formed
 */
export function decode(
  from: usize,
  length: u32,
  shapes: usize,
  shapeCount: u32,
  slotBase: usize,
  constantCount: u32,
  firstSlot: u32,
  slots: u32,
  operations: u32,
  to: usize,
  toEnd: usize,
): usize {
  at = from;
  end = from + length;
  out = to;
  outEnd = toEnd;
  isBad = false;
  base = slotBase;
  constants = <i32>constantCount;
  lastConstant = 0;
  next = firstSlot;
  largest = 0;
  for (let i: u32 = 0; i < operations; i++) {
    const code = varint(CODE_SUM + shapeCount - 1);
    if (code >= CODE_SUM) {
      sum(shapes + SHAPE_BYTES * (code - CODE_SUM));
    } else if (code == CODE_DIVIDE) {
      const count = varint(slots);
      emit(1);
      emit(count);
      for (let pair: u32 = 0; pair < 2 * count && !isBad; pair++) operand();
      next += count;
      if (count > largest) largest = count;
    } else if (code == CODE_BITS) {
      emit(2);
      operand();
      const count = varint(MAX_BITS);
      emit(count);
      next += count;
    } else if (code == CODE_FLOOR) {
      emit(4);
      operand();
      const by = varint(MAX_DIVISOR);
      if (by == 0) isBad = true;
      emit(by);
      next++;
    } else if (code == CODE_IS_ZERO) {
      emit(3);
      operand();
      next++;
    } else {
      emit(5);
      operand();
    }
    if (isBad || next > slots) return 0;
  }
  return at == end && out == outEnd && next == slots ? out : 0;
}

/**
 * The slots of wires, each as its distance to the one before, to addresses.
 * @returns whether they are well formed
 */
export function decodeWires(
  from: usize,
  length: u32,
  slotBase: usize,
  slots: u32,
  count: u32,
  to: usize,
): bool {
  at = from;
  end = from + length;
  isBad = false;
  let slot: i32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const coded = varint(2 * slots);
    const step = <i32>(coded >> 1);
    slot += coded & 1 ? -step - 1 : step;
    if (isBad || slot < 0 || slot >= <i32>slots) return false;
    store<u32>(to + 4 * i, <u32>(slotBase + ELEMENT_BYTES * slot));
  }
  return at == end;
}
