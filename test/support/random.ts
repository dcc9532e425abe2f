import { createHash } from 'node:crypto';
import { FIELD_ORDER, type Fr, toFr } from '../../src/core/field.ts';

/** Reproducible draws: block i is SHA-256(seed ":" i). */
export interface Random {
  /** From `min` to `max`, both included. */
  int(min: number, max: number): number;
  /** A number of at most `count` bits. */
  bits(count: number): bigint;
  fr(): Fr;
  bytes(count: number): Uint8Array;
  pick<T>(items: readonly T[]): T;
}

/** The same seed draws the same numbers on every machine. */
export function seededRandom(seed: string): Random {
  let block = 0;
  let pool = new Uint8Array();
  let at = 0;
  const byte = (): number => {
    if (at === pool.length) {
      pool = createHash('sha256').update(`${seed}:${block++}`).digest();
      at = 0;
    }
    return pool[at++] ?? 0;
  };
  const bits = (count: number): bigint => {
    let hex = '0x0';
    for (let i = 0; i < count; i += 8) hex += byte().toString(16).padStart(2, '0');
    return BigInt(hex) & ((1n << BigInt(count)) - 1n);
  };
  const int = (min: number, max: number): number => min + Number(bits(64) % BigInt(max - min + 1));
  return {
    int,
    bits,
    fr: () => toFr(bits(320) % FIELD_ORDER),
    bytes: (count) => Uint8Array.from({ length: count }, byte),
    pick: <T>(items: readonly T[]): T => items[int(0, items.length - 1)] as T,
  };
}
