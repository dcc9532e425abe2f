import * as Fq from './Fq';
import { PAIR, scratch, TABLE } from './scratch';

/** Exponent q − 2, least significant word first. */
const EXPONENT: usize = memory.data<u64>([
  0x3c208c16d87cfd45, 0x97816a916871ca8d, 0xb85045b68181585d, 0x30644e72e131a029,
]);

/** r = x^−1 of both of a pair, 0 for 0, by Fermat with windows of four bits. */
export function inverse(r: usize, x: usize): void {
  const table = scratch(TABLE);
  Fq.copy(table, Fq.ONE);
  Fq.copy(table + PAIR, x);
  for (let i: usize = 2; i < 16; i++) Fq.mul(table + i * PAIR, table + (i - 1) * PAIR, x);
  const sum = table + 16 * PAIR;
  Fq.copy(sum, table + nibble(63) * PAIR);
  for (let k: i32 = 62; k >= 0; k--) {
    Fq.mul(sum, sum, sum);
    Fq.mul(sum, sum, sum);
    Fq.mul(sum, sum, sum);
    Fq.mul(sum, sum, sum);
    const digit = nibble(k);
    if (digit) Fq.mul(sum, sum, table + digit * PAIR);
  }
  Fq.copy(r, sum);
}

// @ts-ignore: decorator
@inline function nibble(k: u32): usize {
  return <usize>((load<u8>(EXPONENT + (k >> 1)) >> ((k & 1) << 2)) & 15);
}
