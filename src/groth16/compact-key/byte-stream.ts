import { badCompactKey } from './format.ts';

/** Varints: 7 bits a byte, lowest first, the highest bit set where another byte follows; at most 5 bytes. */
const MAX_VARINT_BYTES = 5;

/** Integers and bytes, one after another. */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  varint(value: number): void {
    let rest = value;
    for (; rest >= 128; rest = Math.floor(rest / 128)) this.#byte((rest % 128) + 128);
    this.#byte(rest);
  }

  /** 0, −1, 1, −2 … as 0, 1, 2, 3 … */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  take(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * (this.#length + count));
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

/** What {@link ByteWriter} wrote; every method @throws key.bad_file where that cannot be. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  varint(): number {
    let value = 0;
    for (let i = 0, unit = 1; i < MAX_VARINT_BYTES; i++, unit *= 128) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw badCompactKey('a section ends early');
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
    throw badCompactKey('an integer is too long');
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** A view. */
  bytes(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw badCompactKey('a section ends early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw badCompactKey('bytes follow the end of a section');
  }
}
