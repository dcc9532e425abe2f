import { bytesToNumberBE } from '@noble/curves/utils.js';
import { concatBytes } from '@noble/hashes/utils.js';

/** Why bytes are no presentation; the caller turns it into a coded error. */
export class BadBytes extends Error {}

const BITS = 7;
/** 2^53 in steps of 7 bits. */
const MAX_VARINT_BYTES = 8;

/** 7 bits a byte, lowest first, the highest bit set where another byte follows. */
export function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 1 << BITS; rest = Math.floor(rest / (1 << BITS))) bytes.push((rest % 128) + 128);
  return Uint8Array.of(...bytes, rest);
}

/**
 * Its length in bytes, twice, plus one where they are UTF-16 and not UTF-8: whichever is shorter,
 * for a Chinese character has three bytes in the one and two in the other.
 */
export function textBytes(text: string): Uint8Array {
  const short = new TextEncoder().encode(text);
  const wide = new Uint8Array(2 * text.length);
  const view = new DataView(wide.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i));
  const isWide = wide.length < short.length;
  const bytes = isWide ? wide : short;
  return concatBytes(varint(2 * bytes.length + Number(isWide)), bytes);
}

/** Reads what the functions above wrote; every method @throws BadBytes where that cannot be. */
export class CodeReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  bytes(length: number): Uint8Array {
    if (length > this.#bytes.length - this.#at) throw new BadBytes('it ends early');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  varint(): number {
    for (let i = 0, value = 0, unit = 1; i < MAX_VARINT_BYTES; i++, unit *= 1 << BITS) {
      const byte = this.byte();
      value += (byte & 127) * unit;
      if (byte < 128) return value;
    }
    throw new BadBytes('a number is too long');
  }

  /** Big-endian. */
  number(length: number): bigint {
    return bytesToNumberBE(this.bytes(length));
  }

  text(): string {
    const head = this.varint();
    const bytes = this.bytes(Math.floor(head / 2));
    return head % 2 === 0 ? utf8(bytes) : utf16(bytes);
  }

  end(): void {
    if (this.#at !== this.#bytes.length) throw new BadBytes('bytes follow its end');
  }
}

function utf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BadBytes('a text is not UTF-8');
  }
}

function utf16(bytes: Uint8Array): string {
  if (bytes.length % 2 !== 0) throw new BadBytes('a text ends in half a character');
  let text = '';
  for (let i = 0; i < bytes.length; i += 2) {
    text += String.fromCharCode((bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0));
  }
  return text;
}
