import { babyjubjub } from '@noble/curves/misc.js';
import { type Fr, toFr } from '../core/field.ts';

/** Affine point on BabyJubjub (a = 168700, d = 168696, circomlib's form). */
export interface BabyPoint {
  readonly x: Fr;
  readonly y: Fr;
}

/** Curve arithmetic. Its base point is circomlib's `Base8`, of prime order {@link SUBGROUP_ORDER}. */
export const BabyCurve = babyjubjub.Point;

/** Order l of the prime subgroup. */
export const SUBGROUP_ORDER: bigint = BabyCurve.Fn.ORDER;

export function toBabyPoint(point: InstanceType<typeof BabyCurve>): BabyPoint {
  const { x, y } = point.toAffine();
  return { x: toFr(x), y: toFr(y) };
}

/** The curve's point if it is on the curve, in the prime subgroup and not the identity. */
export function subgroupPoint({ x, y }: BabyPoint): InstanceType<typeof BabyCurve> | undefined {
  try {
    const point = BabyCurve.fromAffine({ x, y });
    point.assertValidity();
    return point.is0() || !point.isTorsionFree() ? undefined : point;
  } catch {
    return undefined; // not on the curve
  }
}
