import * as Fq from '../Fq';
import { temporary } from '../scratch';

/** Coordinates of G1: Fq. */
export * from '../Fq';
export { inverse } from '../inverse';
export { squareRoot } from '../square-root';

export const ELEMENT_BYTES: usize = 40;
/** Whether factors must come from mul or norm: a sum or difference may go into a product here. */
export const IS_STRICT: bool = false;
/** λ·(x, y) = (this·x, y). */
export const ENDOMORPHISM: usize = Fq.CUBE_ROOT;
/** Bytes of a coordinate in files. */
export const STORED_BYTES: usize = 32;

// @ts-ignore: decorator
@inline export function one(r: usize): void {
  Fq.copy(r, Fq.ONE);
}

/** r = x², as any product. */
// @ts-ignore: decorator
@inline export function square(r: usize, x: usize): void {
  Fq.mul(r, x, x);
}

/** r = x · 3b, b = 3. */
export function times3b(r: usize, x: usize): void {
  const t = temporary(62);
  Fq.add(t, x, x);
  Fq.add(t, t, x);
  Fq.norm(t, t);
  Fq.add(r, t, t);
  Fq.add(r, r, t);
  Fq.norm(r, r);
}

/** r = x + b, b = 3, from norm. */
export function addB(r: usize, x: usize): void {
  Fq.add(r, x, Fq.CURVE_B);
  Fq.norm(r, r);
}

/** r = x times an element of Fq. */
// @ts-ignore: decorator
@inline export function scale(r: usize, x: usize, factor: usize): void {
  Fq.mul(r, x, factor);
}
