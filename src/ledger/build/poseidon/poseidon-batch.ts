import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import type { Fr } from '../../../core/field.ts';
import { MAX_INPUTS, type PoseidonConstants, poseidonConstants } from './poseidon-constants.ts';
import type { PoseidonKernel } from './poseidon-kernel.ts';

const ELEMENT_BYTES = 40;
const PAIR_BYTES = 80;
const INTEGER_BYTES = 32;
const PAGE_BYTES = 65536;
/** Bytes of messages hashed in one call; about a hundred of the longest. */
const INPUT_BYTES = PAGE_BYTES;
/** The state, its powers, the rest of the state, a block's powers and two to spare, at their largest. */
const WORK_PAIRS = 4 * (MAX_INPUTS + 1) + 16;

/** Poseidon of many messages of one length: equal to circomlib's of each. */
export interface PoseidonBatch {
  /**
   * @param messages integers of 32 bytes, little-endian, `inputs` to a message
   * @returns one such integer a message
   * @throws core.not_canonical for an integer that is not below r; RangeError for a number of inputs
   * that is not 1 … 16, or bytes that are not whole messages
   */
  hashBytes(messages: Uint8Array, inputs: number): Uint8Array;
  /**
   * @param messages `inputs` elements to a message
   * @throws as `hashBytes`
   */
  hashMany(messages: readonly bigint[], inputs: number): Fr[];
}

type LoadedConstants = Omit<PoseidonConstants, 'stream'> & { readonly at: number };

/** One kernel serves one thread. Constants of a length are derived when it is first hashed, in 10 to 100 ms. */
export function poseidonBatch(kernel: PoseidonKernel): PoseidonBatch {
  const work = Math.ceil(kernel.heapBase() / 16) * 16;
  const input = work + WORK_PAIRS * PAIR_BYTES;
  const output = input + INPUT_BYTES;
  const loaded = new Map<number, LoadedConstants>();
  let free = output + INPUT_BYTES;
  reserve(kernel.memory, free);

  function constantsOf(inputs: number): LoadedConstants {
    const known = loaded.get(inputs);
    if (known) return known;
    const { stream, ...rest } = poseidonConstants(inputs);
    const at = free;
    free += Math.ceil((stream.length * ELEMENT_BYTES) / 16) * 16;
    reserve(kernel.memory, free);
    const atOnce = INPUT_BYTES / INTEGER_BYTES;
    for (let i = 0; i < stream.length; i += atOnce) {
      const some = stream.slice(i, i + atOnce);
      new Uint8Array(kernel.memory.buffer).set(encodeIntegers(some), input);
      kernel.importConstants(at + i * ELEMENT_BYTES, input, some.length, work);
    }
    const constants = { ...rest, at };
    loaded.set(inputs, constants);
    return constants;
  }

  function hashBytes(messages: Uint8Array, inputs: number): Uint8Array {
    if (!Number.isInteger(inputs) || inputs < 1 || inputs > MAX_INPUTS) {
      throw new RangeError(`Poseidon takes 1 to ${MAX_INPUTS} inputs, not ${inputs}`);
    }
    const length = inputs * INTEGER_BYTES;
    if (messages.length % length !== 0) {
      throw new RangeError(`${messages.length} bytes are not messages of ${length}`);
    }
    const { at, width, partialRounds, block } = constantsOf(inputs);
    const count = messages.length / length;
    const hashes = new Uint8Array(count * INTEGER_BYTES);
    // Two to a call of the permutation: an even number but for the last.
    const atOnce = Math.floor(INPUT_BYTES / length / 2) * 2;
    const memory = new Uint8Array(kernel.memory.buffer);
    for (let first = 0; first < count; first += atOnce) {
      const some = Math.min(atOnce, count - first);
      memory.set(messages.subarray(first * length, (first + some) * length), input);
      const canonical = kernel.countCanonical(input, some * inputs);
      if (canonical < some * inputs) throw notCanonical();
      kernel.hashMany(output, input, some, width, partialRounds, block, at, work);
      const end = output + some * INTEGER_BYTES;
      hashes.set(memory.subarray(output, end), first * INTEGER_BYTES);
    }
    return hashes;
  }

  return {
    hashBytes,
    hashMany: (messages, inputs) =>
      decodeIntegers(hashBytes(encodeIntegers(messages), inputs)) as Fr[],
  };
}

function reserve(memory: WebAssembly.Memory, bytes: number): void {
  const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES);
  if (missing > 0) memory.grow(missing);
}

const WORD = 0xffff_ffff_ffff_ffffn;

/** @throws core.not_canonical below 0 or from 2^256 on */
function encodeIntegers(values: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(values.length * INTEGER_BYTES);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) {
    let rest = value;
    for (let word = 0; word < 4 && rest > 0n; word++, rest >>= 64n) {
      view.setBigUint64(i * INTEGER_BYTES + 8 * word, rest & WORD, true);
    }
    if (rest !== 0n) throw notCanonical();
  }
  return bytes;
}

function decodeIntegers(bytes: Uint8Array): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const word = (at: number) => view.getBigUint64(at, true);
  return Array.from({ length: bytes.length / INTEGER_BYTES }, (_, i) => {
    const at = i * INTEGER_BYTES;
    const low = (word(at + 8) << 64n) | word(at);
    return (((word(at + 24) << 64n) | word(at + 16)) << 128n) | low;
  });
}

function notCanonical(): CanbaoError {
  return new CanbaoError('core.not_canonical', { what: 'input of a hash' });
}
