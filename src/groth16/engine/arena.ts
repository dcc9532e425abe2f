import { CanbaoError } from '../../core/errors/canbao-error.ts';

const PAGE_BYTES = 65536;

/** Hands out parts of a WebAssembly memory, one after another; frees back to a mark. */
export class Arena {
  readonly memory: WebAssembly.Memory;
  #next: number;

  constructor(memory: WebAssembly.Memory, from: number) {
    this.memory = memory;
    this.#next = from;
  }

  /** Bytes in use. */
  get mark(): number {
    return this.#next;
  }

  /** @returns the address, a multiple of 64 @throws prove.failed where the memory cannot grow */
  allocate(bytes: number): number {
    const at = Math.ceil(this.#next / 64) * 64;
    const missing = at + bytes - this.memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.memory.grow(Math.ceil(missing / PAGE_BYTES));
      } catch (cause) {
        throw new CanbaoError('prove.failed', { reason: 'out of memory' }, cause);
      }
    }
    this.#next = at + bytes;
    return at;
  }

  release(mark: number): void {
    this.#next = mark;
  }

  // Views are made anew: growing detaches the old ones.
  bytes(at: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, at, length);
  }

  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.memory.buffer, at, length);
  }
}
