import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
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
  let pool: number[] = [];
  const byte = (): number => {
    if (pool.length === 0) pool = [...sha256(utf8ToBytes(`${seed}:${block++}`))];
    return pool.pop() ?? 0;
  };
  const bits = (count: number): bigint => {
    let value = 0n;
    for (let i = 0; i < count; i += 8) value = (value << 8n) | BigInt(byte());
    return value & ((1n << BigInt(count)) - 1n);
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
