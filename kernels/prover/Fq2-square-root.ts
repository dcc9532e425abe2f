import * as Fq from './Fq';
import { temporary } from './scratch';
import { rootAndInverse } from './square-root';

/**
 * r² = x for both of a pair where x, from norm, is a square: callers square r to know. As norm.
 *
 * The complex method: with s² = x0² + x1² and d = (x0 + s) / 2, the roots are ±(w + v·u), w² = d and
 * v = x1 / 2w. Where d is no square, −d·(x0 − s)/2 = x1² / 4 makes (x0 − s) / 2 one, and the same w
 * (now w² = −d) and v = x1·e / 2 give ±(v − w·u).
 */
export function squareRoot(r: usize, x: usize): void {
  const d = temporary(50), e = temporary(51), w = temporary(52), v = temporary(53), t = temporary(54);
  Fq.mul(d, x, x);
  Fq.mul(t, x + 80, x + 80);
  Fq.add(d, d, t);
  Fq.norm(d, d);
  rootAndInverse(w, e, d);
  Fq.add(d, x, w);
  Fq.mul(d, d, Fq.HALF);
  Fq.norm(d, d);
  // x1 = 0 and s = −x0: the other sign of s gives d = x0.
  const zero = Fq.zeros(d);
  if (zero) select(d, zero, x, d);

  rootAndInverse(w, e, d);
  Fq.norm(w, w);
  Fq.mul(v, x + 80, e);
  Fq.norm(v, v);
  Fq.mul(v, v, Fq.HALF);
  Fq.norm(v, v);
  Fq.mul(t, w, w);
  Fq.sub(t, t, d);
  Fq.norm(t, t);
  const isSquare = Fq.zeros(t);
  Fq.sub(t, ZERO, w);
  Fq.norm(t, t);
  select(r, isSquare, w, v);
  select(r + 80, isSquare, v, t);
}

const ZERO: usize = memory.data(80, 16);

/** r = x where bit 0 (of the first) or 1 (of the second) is set, y elsewhere; r may be either. */
function select(r: usize, bits: u32, x: usize, y: usize): void {
  const xs = temporary(60), ys = temporary(61);
  Fq.store2(xs, xs + 40, x);
  Fq.store2(ys, ys + 40, y);
  Fq.load2(r, bits & 1 ? xs : ys, (bits & 2 ? xs : ys) + 40);
}
