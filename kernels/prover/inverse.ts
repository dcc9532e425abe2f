import { power } from './power';

/** q − 2, least significant word first. */
const EXPONENT: usize = memory.data<u64>([
  0x3c208c16d87cfd45, 0x97816a916871ca8d, 0xb85045b68181585d, 0x30644e72e131a029,
]);

/** r = x^−1 of both of a pair, 0 for 0, by Fermat. */
export function inverse(r: usize, x: usize): void {
  power(r, x, EXPONENT);
}
