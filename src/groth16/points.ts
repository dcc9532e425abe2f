import { bn254 } from '@noble/curves/bn254.js';

/** Affine point of G1: `[x, y]`. */
export type G1 = readonly [bigint, bigint];
/** Affine point of G2: `[[x.c0, x.c1], [y.c0, y.c1]]`, snarkjs's order; the EVM takes c1 first. */
export type G2 = readonly [readonly [bigint, bigint], readonly [bigint, bigint]];

const { Fp } = bn254.fields;
const g1Points = bn254.G1.Point;
const g2Points = bn254.G2.Point;

/** Order q of the field that coordinates live in. */
export const COORDINATE_ORDER: bigint = Fp.ORDER;

/** The generator of G2. */
export const G2_GENERATOR: G2 = g2Tuple(g2Points.BASE);

/** noble's point. Checks nothing: see {@link isG1}. */
export function toG1Point([x, y]: G1) {
  return g1Points.fromAffine({ x, y });
}

/** noble's point. Checks nothing: see {@link isG2}. */
export function toG2Point([x, y]: G2) {
  return g2Points.fromAffine({ x: { c0: x[0], c1: x[1] }, y: { c0: y[0], c1: y[1] } });
}

/** Canonical coordinates, on the curve, not the point at infinity. The whole curve is the group. */
export function isG1(point: G1): boolean {
  return areCoordinates(point) && isValid(() => toG1Point(point));
}

/** Canonical coordinates, on the twist, in the subgroup of order r, not the point at infinity. */
export function isG2(point: G2): boolean {
  return areCoordinates(point.flat()) && isValid(() => toG2Point(point));
}

export function equalG2(a: G2, b: G2): boolean {
  return a.flat().every((coordinate, i) => coordinate === b.flat()[i]);
}

/** `−point`. */
export function negateG2(point: G2): G2 {
  return g2Tuple(toG2Point(point).negate());
}

/** The four words of a G2 point as the EVM's pairing precompile takes them (EIP-197). */
export function g2Words([x, y]: G2): [bigint, bigint, bigint, bigint] {
  return [x[1], x[0], y[1], y[0]];
}

function g2Tuple(point: InstanceType<typeof g2Points>): G2 {
  const { x, y } = point.toAffine();
  return [
    [x.c0, x.c1],
    [y.c0, y.c1],
  ];
}

/** In [0, q), each. */
export function areCoordinates(values: readonly bigint[]): boolean {
  return values.every((v) => typeof v === 'bigint' && v >= 0n && v < COORDINATE_ORDER);
}

function isValid(make: () => { assertValidity(): void; is0(): boolean }): boolean {
  try {
    const point = make();
    point.assertValidity();
    return !point.is0();
  } catch {
    return false;
  }
}
