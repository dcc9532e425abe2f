import { bn254 } from '@noble/curves/bn254.js';
import { COORDINATE_ORDER } from '../points.ts';
import { type Address, type MclHeap, SIZE } from './mcl-heap.ts';

const { Fp2 } = bn254.fields;

/** The number that q and r of BN254 are polynomials of (63 bits). */
export const CURVE_X = 4965661367192848881n;

/** {@link CURVE_X} as digits −1, 0, 1 after the first, the highest left out: 23 of 63 are not zero. */
const DIGITS = signedDigits(CURVE_X).slice(1);

/**
 * A test whether a point of the twist, not at infinity, is in the subgroup of order r:
 * `[x+1]Q + ψ([x]Q) + ψ²([x]Q) = ψ³([2x]Q)`, ψ being Frobenius seen from the twist (Dai, Lin, Zhao,
 * Zhou, “Fast subgroup membership testings”, eprint 2022/348; as in gnark-crypto). A third of the
 * cost of multiplying by r, and as strict: the order of a point that passes divides the norm of
 * `(x+1) + xψ + xψ² − 2xψ³`, and that has nothing but r in common with the order of the twist.
 */
export function subgroupCheck(heap: MclHeap): (q: Address) => boolean {
  const { mcl } = heap;
  const point = () => heap.allocate(SIZE.g2);
  const [negative, multiple, sum, image] = [point(), point(), point(), point()];
  const [xFactor, yFactor] = [heap.allocate(SIZE.fp2), heap.allocate(SIZE.fp2)];
  heap.writeFp2(xFactor, twistFactor(3n));
  heap.writeFp2(yFactor, twistFactor(2n));

  /** `to = ψ(from)`: conjugate coordinates, and x and y multiplied. */
  const frobenius = (to: Address, from: Address) => {
    heap.copy(to, from, SIZE.g2);
    for (const part of [0, SIZE.fp2, 2 * SIZE.fp2]) {
      mcl._mclBnFp_neg(to + part + SIZE.fp, from + part + SIZE.fp);
    }
    mcl._mclBnFp2_mul(to, to, xFactor);
    mcl._mclBnFp2_mul(to + SIZE.fp2, to + SIZE.fp2, yFactor);
  };

  return (q) => {
    mcl._mclBnG2_neg(negative, q);
    heap.copy(multiple, q, SIZE.g2);
    for (const digit of DIGITS) {
      mcl._mclBnG2_dbl(multiple, multiple);
      if (digit !== 0) mcl._mclBnG2_add(multiple, multiple, digit > 0 ? q : negative);
    }
    mcl._mclBnG2_add(sum, multiple, q);
    frobenius(image, multiple);
    mcl._mclBnG2_add(sum, sum, image);
    frobenius(image, image);
    mcl._mclBnG2_add(sum, sum, image);
    mcl._mclBnG2_dbl(image, image);
    frobenius(image, image);
    return mcl._mclBnG2_isEqual(sum, image) === 1;
  };
}

/** `(9 + u)^((q − 1) / divisor)`: 9 + u is what the twist is by. */
function twistFactor(divisor: bigint): readonly [bigint, bigint] {
  const { c0, c1 } = Fp2.pow(Fp2.fromBigTuple([9n, 1n]), (COORDINATE_ORDER - 1n) / divisor);
  return [c0, c1];
}

/** Non-adjacent form, highest digit first. */
function signedDigits(value: bigint): number[] {
  const digits: number[] = [];
  for (let rest = value; rest > 0n; rest >>= 1n) {
    const digit = rest & 1n ? 2 - Number(rest & 3n) : 0;
    digits.push(digit);
    rest -= BigInt(digit);
  }
  return digits.reverse();
}
