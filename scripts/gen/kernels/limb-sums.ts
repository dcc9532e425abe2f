import { inverseModPowerOfTwo, type KernelField } from './field-source.ts';
import { limbsOf } from './limb-field.ts';

/** Products summed before a reduction: nine columns of 9·(n + 1) products of 58 bits stay below 2^64. */
const AT_ONCE = 5;

/**
 * More of the field of limb-field.ts, for hashes: squares, and sums of products reduced once.
 *
 * A constant is one element, 40 bytes, for both lanes. Bounds: `dot` takes pairs below 2·prime and
 * constants below the prime and gives less than 2·prime for each five products; `normPlus` and
 * `normSum` take less than 64·prime in all.
 */
export function limbSumsSource({ prime }: KernelField): string {
  const p = limbsOf(prime);
  const mu = BigInt.asUintN(29, -inverseModPowerOfTwo(prime, 29));
  const columns = Array.from({ length: 9 }, (_, i) => i);
  const rows = columns.flatMap((i) => [
    's8 = 0;',
    `for (let j: usize = 0; j < n; j++) {`,
    `  const at = y + j * 40;`,
    `  f = load<u32>(x + j * 80, ${4 * i});`,
    ...columns.map((k) => `  s${k} += f * <u64>load<u32>(at, ${4 * k});`),
    '}',
    `q = (((s0 & MASK) * ${mu}) & MASK);`,
    `c = (s0 + q * ${p[0]}) >> 29;`,
    `s0 = s1 + q * ${p[1]} + c;`,
    ...[1, 2, 3, 4, 5, 6, 7].map((k) => `s${k} = s${k + 1} + q * ${p[k + 1]};`),
  ]);
  const carried = columns
    .map((i) =>
      i < 8
        ? `s${i} += load<u32>(r, ${4 * i}); store<u32>(r, <u32>(s${i} & MASK), ${4 * i}); s${i + 1} += s${i} >> 29;`
        : `store<u32>(r, <u32>s8 + load<u32>(r, 32), 32);`,
    )
    .join('\n  ');

  return `
// @ts-ignore: decorator
@inline export function square(r: usize, x: usize): void {
  mul(r, x, x);
}

/** The sum of n products: pairs from x on with constants from y on. */
export function dot(r: usize, x: usize, y: usize, n: u32): void {
  memory.fill(r, 0, 80);
  while (n > 0) {
    const some = n < ${AT_ONCE} ? n : ${AT_ONCE};
    addProducts1(r, x, y, some);
    addProducts1(r + 40, x + 40, y, some);
    x += some * 80;
    y += some * 40;
    n -= some;
  }
}

function addProducts1(r: usize, x: usize, y: usize, n: usize): void {
  let s0: u64 = 0, s1: u64 = 0, s2: u64 = 0, s3: u64 = 0, s4: u64 = 0, s5: u64 = 0, s6: u64 = 0, s7: u64 = 0, s8: u64;
  let f: u64, q: u64, c: u64;
  ${rows.join('\n  ')}
  s8 = 0;
  ${carried}
}

/** norm of x plus a constant. */
export function normPlus(r: usize, x: usize, c: usize): void {
  add1(r, x, c);
  add1(r + 40, x + 40, c);
  norm(r, r);
}

/** norm of the sum of two pairs. */
export function normSum(r: usize, x: usize, y: usize): void {
  add(r, x, y);
  norm(r, r);
}
`;
}
