import { bytesToNumberBE } from '@noble/curves/utils.js';
import { FIELD_ORDER } from '../core/field.ts';
import type { RandomBytes } from '../core/random.ts';

/** A scalar in [1, r). */
export function randomScalar(randomness: RandomBytes): bigint {
  for (;;) {
    // 512 bits modulo a 254-bit number: the bias is below 2^-256.
    const scalar = bytesToNumberBE(randomness(64)) % FIELD_ORDER;
    if (scalar !== 0n) return scalar;
  }
}
