/**
 * Poseidon of many messages, two at a time, one in each lane. Addresses are bytes, 16-byte aligned.
 *
 * The state is (s0, s). Partial rounds come in blocks: within one, s stays as it was and only s0 is
 * followed, as a sum over s and the block's earlier x = s0^5; then s catches up. The constants are in
 * the order they are used, see src/ledger/build/poseidon/poseidon-constants.ts.
 */
import * as Fr from './Fr';

const ELEMENT: usize = 40;
const PAIR: usize = 80;
const FULL_ROUNDS_HALF: u32 = 4;

/** Where memory is free from: static data end here. */
export function heapBase(): usize {
  return __heap_base;
}

/** Integers of 32 bytes become elements. */
export function importConstants(dst: usize, src: usize, count: u32, work: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    Fr.split(work, src, src);
    Fr.mul(work, work, Fr.FROM_INTEGER);
    Fr.norm(work, work);
    // Twice the same address: the lanes are alike.
    Fr.store2(dst, dst, work);
    dst += ELEMENT;
    src += 32;
  }
}

/** How many integers of 32 bytes from `src` on are below the prime, before one that is not. */
export function countCanonical(src: usize, count: u32): u32 {
  const p0 = load<u64>(Fr.PRIME), p1 = load<u64>(Fr.PRIME, 8), p2 = load<u64>(Fr.PRIME, 16), p3 = load<u64>(Fr.PRIME, 24);
  for (let i: u32 = 0; i < count; i++) {
    const w3 = load<u64>(src, 24);
    if (w3 >= p3) {
      const w0 = load<u64>(src), w1 = load<u64>(src, 8), w2 = load<u64>(src, 16);
      const below = w3 != p3 ? false : w2 != p2 ? w2 < p2 : w1 != p1 ? w1 < p1 : w0 < p0;
      if (!below) return i;
    }
    src += 32;
  }
  return count;
}

/**
 * Hashes `count` messages of `width − 1` integers of 32 bytes.
 * @param block partial rounds in one block
 * @param work (4·width + block + 1) pairs
 */
export function hashMany(
  dst: usize, src: usize, count: u32, width: u32, rounds: u32, block: u32, constants: usize, work: usize,
): void {
  const message = <usize>(width - 1) * 32;
  const state = work + PAIR;
  for (let i: u32 = 0; i < count; i += 2) {
    // The last of an odd number goes into both lanes.
    const second = i + 1 < count ? src + message : src;
    memory.fill(state, 0, PAIR);
    for (let j: usize = 1; j < width; j++) {
      const at = (j - 1) * 32;
      Fr.split(work, src + at, second + at);
      Fr.mul(state + j * PAIR, work, Fr.FROM_INTEGER);
    }
    permute(state, width, rounds, block, constants);
    Fr.mul(state, state, Fr.TO_INTEGER);
    Fr.norm(state, state);
    Fr.join(dst, second == src ? work : dst + 32, state);
    src += 2 * message;
    dst += 64;
  }
}

/** r = x^5. */
// @ts-ignore: decorator
@inline function powerOf5(r: usize, x: usize): void {
  Fr.square(r, x);
  Fr.square(r, r);
  Fr.mul(r, r, x);
}

/** The first element of the state is the hash; the others are left undefined. */
function permute(state: usize, width: u32, rounds: u32, block: u32, constants: usize): void {
  const powers = state + <usize>width * PAIR;
  // Newest first: x of the block's rounds, then s.
  const history = powers + <usize>width * PAIR;
  const rest = history + <usize>block * PAIR;
  const others = <usize>(width - 1);

  const matrix = constants + <usize>(FULL_ROUNDS_HALF * width) * ELEMENT;
  const row = <usize>width * ELEMENT;
  let mix = matrix;
  for (let round: u32 = 0; round < FULL_ROUNDS_HALF; round++) {
    constants = substitute(powers, state, width, constants);
    // The last of these rounds has a matrix of its own.
    if (round == FULL_ROUNDS_HALF - 1) mix += row * width;
    for (let j: usize = 0; j < width; j++) Fr.dot(state + j * PAIR, powers, mix + j * row, width);
  }
  for (let j: usize = 0; j < others; j++) Fr.norm(rest + j * PAIR, state + (j + 1) * PAIR);

  constants = mix + row * width;
  for (let done: u32 = 0; done < rounds; done += block) {
    const some = min<u32>(block, rounds - done);
    let newest = rest;
    for (let i: u32 = 1; i <= some; i++) {
      newest -= PAIR;
      Fr.normPlus(state, state, constants);
      powerOf5(newest, state);
      constants += ELEMENT;
      Fr.dot(state, newest, constants, <u32>others + i);
      constants += (others + i) * ELEMENT;
    }
    for (let j: usize = 0; j < others; j++) {
      Fr.dot(powers, newest, constants, some);
      Fr.normSum(rest + j * PAIR, rest + j * PAIR, powers);
      constants += <usize>some * ELEMENT;
    }
  }

  memory.copy(state + PAIR, rest, others * PAIR);
  for (let round: u32 = 0; round < FULL_ROUNDS_HALF; round++) {
    constants = substitute(powers, state, width, constants);
    const wanted: u32 = round < FULL_ROUNDS_HALF - 1 ? width : 1;
    for (let j: u32 = 0; j < wanted; j++) Fr.dot(state + <usize>j * PAIR, powers, matrix + <usize>j * row, width);
  }
}

/** Round constants added, then the fifth power, everywhere. */
function substitute(powers: usize, state: usize, width: u32, constants: usize): usize {
  for (let j: u32 = 0; j < width; j++) {
    Fr.normPlus(state, state, constants);
    powerOf5(powers, state);
    state += PAIR;
    powers += PAIR;
    constants += ELEMENT;
  }
  return constants;
}
