import { CanbaoError } from '../../core/errors/canbao-error.ts';

/** Unsigned LEB128, up to 2^32 − 1. */
export class VarintWriter {
  readonly #bytes: number[] = [];

  write(...values: readonly number[]): void {
    for (const value of values) {
      let rest = value;
      while (rest >= 0x80) {
        this.#bytes.push((rest & 0x7f) | 0x80);
        rest = Math.floor(rest / 0x80);
      }
      this.#bytes.push(rest);
    }
  }

  writeBytes(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}

export class VarintReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** At most `limit`. @throws key.bad_file */
  read(limit: number): number {
    let value = 0;
    for (let scale = 1; scale <= 0x1000_0000; scale *= 0x80) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw badGraph('it ends early');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > limit) throw badGraph('a number is out of range');
        return value;
      }
    }
    throw badGraph('a number is too long');
  }

  readBytes(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw badGraph('it ends early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  end(): void {
    if (!this.isAtEnd) throw badGraph('bytes follow its end');
  }
}

export function badGraph(reason: string): CanbaoError {
  return new CanbaoError('key.bad_file', { kind: 'witness graph', reason });
}

/** 0, −1, 1, −2, … to 0, 1, 2, 3, … */
export const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
