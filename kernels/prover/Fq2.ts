import * as Fq from './Fq';
import { inverse as inverseFq } from './inverse';
import { temporary } from './scratch';

/**
 * Fq[u]/(u² + 1), two elements at a time: a pair of c0, then a pair of c1 (160 bytes). An element is
 * c0, c1 (80 bytes). Results of mul and square come from norm. Temporaries 56 and up are used here.
 */

export function mul(r: usize, x: usize, y: usize): void {
  const t0 = temporary(56), t1 = temporary(57), s = temporary(58), t = temporary(59);
  Fq.add(s, x, x + 80);
  Fq.add(t, y, y + 80);
  Fq.mul(t0, x, y);
  Fq.mul(t1, x + 80, y + 80);
  Fq.mul(s, s, t);
  Fq.sub(t, t0, t1);
  Fq.norm(r, t);
  Fq.sub(s, s, t0);
  Fq.sub(s, s, t1);
  Fq.norm(r + 80, s);
}

export function square(r: usize, x: usize): void {
  const s = temporary(56), d = temporary(57), t = temporary(58);
  Fq.add(s, x, x + 80);
  Fq.sub(d, x, x + 80);
  Fq.mul(t, x, x + 80);
  Fq.mul(s, s, d);
  Fq.norm(r, s);
  Fq.add(t, t, t);
  Fq.norm(r + 80, t);
}

/** r = x^−1, 0 for 0. */
export function inverse(r: usize, x: usize): void {
  const n = temporary(60), t = temporary(61);
  Fq.mul(n, x, x);
  Fq.mul(t, x + 80, x + 80);
  Fq.add(n, n, t);
  Fq.norm(n, n);
  inverseFq(n, n);
  Fq.norm(n, n);
  Fq.mul(t, x, n);
  Fq.norm(r, t);
  Fq.mul(t, x + 80, n);
  Fq.sub(t, ZERO, t);
  Fq.norm(r + 80, t);
}

export const TO_INTEGER: usize = Fq.TO_INTEGER;
export const FROM_STORED: usize = Fq.FROM_STORED;
export const TO_STORED: usize = Fq.TO_STORED;

export function one(r: usize): void {
  Fq.copy(r, Fq.ONE);
  memory.fill(r + 80, 0, 80);
}

/** r = x · 3b' of the twist, b' = 3 / (9 + u). */
export function times3b(r: usize, x: usize): void {
  mul(r, x, Fq.TWIST_3B);
}

/** r = x + b' of the twist, from norm. */
export function addB(r: usize, x: usize): void {
  add(r, x, Fq.TWIST_B);
  norm(r, r);
}

/** Integers of 32 bytes c0, c1 at a and at b. */
export function split(r: usize, a: usize, b: usize): void {
  Fq.split(r, a, b);
  Fq.split(r + 80, a + 32, b + 32);
}

export function join(a: usize, b: usize, x: usize): void {
  Fq.join(a, b, x);
  Fq.join(a + 32, b + 32, x + 80);
}

/** r = x times an element of Fq. */
export function scale(r: usize, x: usize, factor: usize): void {
  Fq.mul(r, x, factor);
  Fq.mul(r + 80, x + 80, factor);
}

const ZERO: usize = memory.data(80, 16);

// @ts-ignore: decorator
@inline export function add(r: usize, x: usize, y: usize): void {
  Fq.add(r, x, y);
  Fq.add(r + 80, x + 80, y + 80);
}

// @ts-ignore: decorator
@inline export function sub(r: usize, x: usize, y: usize): void {
  Fq.sub(r, x, y);
  Fq.sub(r + 80, x + 80, y + 80);
}

// @ts-ignore: decorator
@inline export function norm(r: usize, x: usize): void {
  Fq.norm(r, x);
  Fq.norm(r + 80, x + 80);
}

// @ts-ignore: decorator
@inline export function copy(r: usize, x: usize): void {
  Fq.copy(r, x);
  Fq.copy(r + 80, x + 80);
}

// @ts-ignore: decorator
@inline export function load2(r: usize, a: usize, b: usize): void {
  Fq.load2(r, a, b);
  Fq.load2(r + 80, a + 40, b + 40);
}

// @ts-ignore: decorator
@inline export function copySigned(r: usize, a: usize, sign: u32): void {
  Fq.copySigned(r, a, sign);
  Fq.copySigned(r + 40, a + 40, sign);
}

// @ts-ignore: decorator
@inline export function store2(a: usize, b: usize, x: usize): void {
  Fq.store2(a, b, x);
  Fq.store2(a + 40, b + 40, x + 80);
}

// @ts-ignore: decorator
@inline export function zeros(x: usize): u32 {
  return Fq.zeros(x) & Fq.zeros(x + 80);
}
