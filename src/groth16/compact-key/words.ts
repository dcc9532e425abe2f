/** Integers of 32 bytes as eight u32 words, lowest first. */
export const INTEGER_WORDS = 8;

/** The words of an integer in [0, 2^256). */
export function integerWords(value: bigint): Uint32Array {
  return Uint32Array.from({ length: INTEGER_WORDS }, (_, i) =>
    Number(BigInt.asUintN(32, value >> BigInt(32 * i))),
  );
}

/** The same for the same words, for maps. */
export function wordsKey(words: Uint32Array): string {
  return String.fromCharCode(...new Uint16Array(words.buffer, words.byteOffset, 2 * words.length));
}

/** Words from any place in memory; a copy where they are not aligned. */
export function alignedWords(bytes: Uint8Array): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}

export function isZero(words: Uint32Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) if (words[i] !== 0) return false;
  return true;
}

/**
 * to = modulus − from, an integer each; 0 stays 0.
 * @returns false where the integer is above the modulus
 */
export function negate(
  to: Uint32Array,
  toAt: number,
  from: Uint32Array,
  fromAt: number,
  modulus: Uint32Array,
): boolean {
  const isNone = isZero(from, fromAt, INTEGER_WORDS);
  let borrow = 0;
  for (let i = 0; i < INTEGER_WORDS; i++) {
    const difference = (modulus[i] ?? 0) - (from[fromAt + i] ?? 0) - borrow;
    borrow = difference < 0 ? 1 : 0;
    to[toAt + i] = isNone ? 0 : difference;
  }
  return borrow === 0;
}
