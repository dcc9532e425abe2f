import * as Fq from './Fq';
import { power } from './power';
import { temporary } from './scratch';

/** (q − 3) / 4, least significant word first; q ≡ 3 (mod 4). */
const EXPONENT: usize = memory.data<u64>([
  0x4f082305b61f3f51, 0x65e05aa45a1c72a3, 0x6e14116da0605617, 0x0c19139cb84c680a,
]);

/** r² = x for both of a pair where x, from norm, is a square: callers square r to know. As norm. */
export function squareRoot(r: usize, x: usize): void {
  const root = temporary(60);
  rootAndInverse(root, temporary(61), x);
  Fq.norm(r, root);
}

/**
 * root = x·e with e = x^((q − 3)/4): root² is x where that is a square and −x where not, root·e is 1
 * or −1. As any product.
 */
export function rootAndInverse(root: usize, e: usize, x: usize): void {
  power(e, x, EXPONENT);
  Fq.mul(root, x, e);
}
