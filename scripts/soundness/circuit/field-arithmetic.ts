import { FIELD_ORDER } from '../../../src/core/field.ts';

const HALF = FIELD_ORDER >> 1n;

/** The representative in [0, r). */
export function mod(value: bigint): bigint {
  const rest = value % FIELD_ORDER;
  return rest < 0n ? rest + FIELD_ORDER : rest;
}

/** The representative in (−r/2, r/2]: most coefficients of a circuit are small one way or the other. */
export function centred(value: bigint): bigint {
  return value > HALF ? value - FIELD_ORDER : value;
}

/** 1 / value by the extended Euclidean algorithm. @throws RangeError for 0 */
export function inverse(value: bigint): bigint {
  let [rest, next] = [FIELD_ORDER, mod(value)];
  let [factor, nextFactor] = [0n, 1n];
  while (next !== 0n) {
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  if (rest !== 1n) throw new RangeError('0 has no inverse');
  return mod(factor);
}
