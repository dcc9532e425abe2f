import { bn254 } from '@noble/curves/bn254.js';
import { FIELD_ORDER } from '../../src/core/field.ts';
import { COORDINATE_ORDER, type G2 } from '../../src/groth16/points.ts';

const { Fp2 } = bn254.fields;
const twist = bn254.G2.Point;
const TWIST_B = Fp2.sub(Fp2.sqr(twist.BASE.y), Fp2.mul(Fp2.sqr(twist.BASE.x), twist.BASE.x));

/** The twist has `r · cofactor` points. */
export const TWIST_COFACTOR = 2n * COORDINATE_ORDER - FIELD_ORDER;

/** The small prime factors of the cofactor; one of 178 bits is left. */
export const SMALL_FACTORS = [10069n, 5864401n, 1875725156269n] as const;

/** A point of the twist: y² = x³ + b has a solution for every second x, almost none in the subgroup. */
export function twistPoint(start = 1n): InstanceType<typeof twist> {
  for (let c0 = start; ; c0++) {
    const x = Fp2.fromBigTuple([c0, 1n]);
    const square = Fp2.add(Fp2.mul(Fp2.sqr(x), x), TWIST_B);
    try {
      const y = Fp2.sqrt(square);
      if (Fp2.eql(Fp2.sqr(y), square)) return twist.fromAffine({ x, y });
    } catch {
      // no square root: next x
    }
  }
}

/** `scalar · point` by doubling and adding, which is right outside the subgroup too. */
export function timesOnTwist(point: InstanceType<typeof twist>, scalar: bigint) {
  let sum = twist.ZERO;
  for (const bit of scalar.toString(2)) {
    sum = sum.double();
    if (bit === '1') sum = sum.add(point);
  }
  return sum;
}

/** A point of prime order `factor` of the cofactor. */
export function pointOfOrder(factor: bigint) {
  const cofactor = (FIELD_ORDER * TWIST_COFACTOR) / factor;
  for (let start = 1n; ; start += 100n) {
    const point = timesOnTwist(twistPoint(start), cofactor);
    if (!point.is0()) return point;
  }
}

export function toG2(point: InstanceType<typeof twist>): G2 {
  const { x, y } = point.toAffine();
  return [
    [x.c0, x.c1],
    [y.c0, y.c1],
  ];
}
