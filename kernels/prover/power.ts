import * as Fq from './Fq';
import { PAIR, scratch, TABLE } from './scratch';

/**
 * r = x^exponent of both of a pair, with windows of four bits; as any product. r may be x.
 * @param exponent 32 bytes, least significant first
 */
export function power(r: usize, x: usize, exponent: usize): void {
  const table = scratch(TABLE);
  Fq.copy(table, Fq.ONE);
  Fq.copy(table + PAIR, x);
  for (let i: usize = 2; i < 16; i++) Fq.mul(table + i * PAIR, table + (i - 1) * PAIR, x);
  const product = table + 16 * PAIR;
  Fq.copy(product, table + nibble(exponent, 63) * PAIR);
  for (let k: i32 = 62; k >= 0; k--) {
    Fq.mul(product, product, product);
    Fq.mul(product, product, product);
    Fq.mul(product, product, product);
    Fq.mul(product, product, product);
    const digit = nibble(exponent, k);
    if (digit) Fq.mul(product, product, table + digit * PAIR);
  }
  Fq.copy(r, product);
}

// @ts-ignore: decorator
@inline function nibble(exponent: usize, k: u32): usize {
  return <usize>((load<u8>(exponent + (k >> 1)) >> ((k & 1) << 2)) & 15);
}
