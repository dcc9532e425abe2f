import type { KernelField } from './field-source.ts';
import {
  balancedLimbs,
  both,
  columnCode,
  columnStarts,
  five,
  HIGH,
  STORE_REDUCED,
} from './fma-columns.ts';

/**
 * More of the field of fma-field.ts, for hashes: squares, and sums of products reduced once.
 *
 * A constant is one element, 40 bytes, for both lanes; constants come from `norm`, their limbs within
 * ±2^50. Bounds, as multiples of the prime: `dot` of |x[j]| ≤ a[j] gives ≤ 0.19·Σ a[j] + 0.51, which
 * must stay below 2.6; a[j] itself too. `square` takes ≤ 1.3 with balanced limbs. A product adds less
 * than 2^54 to a column and columns hold 2^62.
 */
export function fmaSumsSource(field: KernelField): string {
  const square = columnCode(field);
  for (let i = 0; i < 5; i++) {
    square.product(2 * i, `x${i}`, `x${i}`);
    for (let j = i + 1; j < 5; j++) square.product(i + j, `w${i}`, `x${j}`);
  }
  square.reduce();

  const products = columnCode(field);
  for (let i = 0; i < 5; i++) for (let j = 0; j < 5; j++) products.product(i + j, `x${i}`, `y${j}`);
  const reduction = columnCode(field);
  reduction.reduce();
  const starts = products.constants().map((each, k) => {
    const once = reduction.constants()[k] ?? 0n;
    const [eachLess, onceLess] = [BigInt.asIntN(64, -each), BigInt.asIntN(64, -once)];
    return `let s${k}: v128 = i64x2.splat(<i64>n * ${eachLess} + ${onceLess});`;
  });
  const modulus = balancedLimbs(field.prime).map((limb) => both(Number(limb)));
  const quotient = both(2 ** 204 / Number(field.prime));

  return `
/** The square of a pair. */
export function square(r: usize, x: usize): void {
  ${columnStarts(square)}
  ${five((i) => `const x${i} = v128.load(x, ${16 * i}), w${i} = f64x2.add(x${i}, x${i});`)}
  ${square.lines.join('\n  ')}
  ${STORE_REDUCED}
}

/** The sum of n products: pairs from x on with constants from y on. */
export function dot(r: usize, x: usize, y: usize, n: u32): void {
  ${starts.join('\n  ')}
  for (; n > 0; n--) {
    ${five((i) => `const x${i} = v128.load(x, ${16 * i}), y${i} = v128.load_splat<u64>(y, ${8 * i});`)}
    ${products.lines.join('\n    ')}
    x += 80;
    y += 40;
  }
  ${reduction.lines.join('\n  ')}
  ${STORE_REDUCED}
}

/** norm of x plus a constant. */
export function normPlus(r: usize, x: usize, c: usize): void {
  ${five((i) => `let t${i} = f64x2.add(v128.load(x, ${16 * i}), v128.load_splat<u64>(c, ${8 * i}));`)}
  normLimbs(r, t0, t1, t2, t3, t4);
}

/** norm of the sum of two pairs. */
export function normSum(r: usize, x: usize, y: usize): void {
  ${five((i) => `let t${i} = f64x2.add(v128.load(x, ${16 * i}), v128.load(y, ${16 * i}));`)}
  normLimbs(r, t0, t1, t2, t3, t4);
}

// @ts-ignore: decorator
@inline function normLimbs(r: usize, t0: v128, t1: v128, t2: v128, t3: v128, t4: v128): void {
  const q = f64x2.nearest(f64x2.mul(t4, ${quotient}));
  ${five((i) => `t${i} = f64x2.sub(t${i}, f64x2.mul(q, ${modulus[i]}));`)}
  let carry: v128;
  ${[0, 1, 2, 3]
    .map(
      (i) => `carry = f64x2.sub(f64x2.add(t${i}, ${HIGH}), ${HIGH});
  v128.store(r, f64x2.sub(t${i}, carry), ${16 * i});
  t${i + 1} = f64x2.add(t${i + 1}, f64x2.mul(carry, ${both(2 ** -51)}));`,
    )
    .join('\n  ')}
  v128.store(r, t4, 64);
}
`;
}
