import { centred, inverseModPowerOfTwo, type KernelField, power } from './field-source.ts';

export const BITS = 51;
export const BASE = 1n << 51n;

/** Both lanes alike. */
export const both = (value: bigint | number) =>
  typeof value === 'bigint'
    ? `i64x2(${value}, ${value})`
    : `f64x2(${decimal(value)}, ${decimal(value)})`;
/** Doubles here are integers or powers of two: decimal notation is exact. */
const decimal = (value: number) =>
  Number.isInteger(value) ? `${BigInt(value)}.0` : value.toExponential(20);

export const HIGH = both(1.5 * 2 ** 103);
const LOW = both(1.5 * 2 ** 103 + 1.5 * 2 ** 52);
/** Bit patterns that a low and a high part carry besides their value. */
export const LOW_PATTERN = 0x4338_0000_0000_0000n;
const HIGH_PATTERN = 0x4668_0000_0000_0000n;
/** Makes a column positive before it is shifted; leaves the digit below balanced. */
const CARRY_OFFSET = 2n ** 62n;

export function five(line: (i: number) => string): string {
  return [0, 1, 2, 3, 4].map(line).join('\n  ');
}

/** Five limbs in `[−2^50, 2^50)`, the last as large as it needs to be. */
export function balancedLimbs(value: bigint): bigint[] {
  const limbs: bigint[] = [];
  let rest = value;
  for (let i = 0; i < 4; i++) {
    const limb = BigInt.asIntN(BITS, rest);
    limbs.push(limb);
    rest = (rest - limb) / BASE;
  }
  return [...limbs, rest];
}

/** Lines of AssemblyScript that sum products in the columns s0 … s9, and what they assume of them. */
export interface ColumnCode {
  readonly lines: readonly string[];
  /** Adds the product of two doubles to columns k and k + 1. */
  product(k: number, a: string, b: string): void;
  /** From the columns, |column| < 2^62, to the limbs r0 … r3; the fifth stays in s9. */
  reduce(): void;
  /** Constant parts the lines so far add to each column, as 64-bit integers: to be taken off. */
  constants(): bigint[];
}

export function columnCode({ prime }: KernelField): ColumnCode {
  const modulus = balancedLimbs(prime).map((limb) => both(Number(limb)));
  const mu = both(Number(BigInt.asIntN(BITS, -inverseModPowerOfTwo(prime, BITS))));
  const rho = (steps: bigint) =>
    balancedLimbs(centred(power(BASE ** steps, prime - 2n, prime), prime));
  const lines: string[] = [];
  const column = Array.from({ length: 10 }, (_, k) => `s${k}`);
  const constant = new Array<bigint>(11).fill(0n);
  const assume = (k: number, value: bigint) => {
    constant[k] = (constant[k] ?? 0n) + value;
  };
  let temporaries = 0;

  function product(k: number, a: string, b: string) {
    const id = temporaries++;
    lines.push(
      `const h${id} = f64x2.relaxed_madd(${a}, ${b}, ${HIGH});`,
      `${column[k]} = i64x2.add(${column[k]}, f64x2.relaxed_madd(${a}, ${b}, f64x2.sub(${LOW}, h${id})));`,
      `${column[k + 1]} = i64x2.add(${column[k + 1]}, h${id});`,
    );
    assume(k, LOW_PATTERN);
    assume(k + 1, HIGH_PATTERN);
  }

  function carry(k: number, digit: string) {
    const id = temporaries++;
    lines.push(
      `const u${id} = i64x2.add(${column[k]}, ${both(CARRY_OFFSET + BASE / 2n)});`,
      `const ${digit} = balanced(u${id});`,
      `${column[k + 1]} = i64x2.add(${column[k + 1]}, i64x2.shr_u(u${id}, 51));`,
    );
    assume(k + 1, CARRY_OFFSET >> 51n);
  }

  function montgomeryStep(k: number) {
    const id = temporaries++;
    lines.push(
      `const e${id} = balanced(i64x2.add(${column[k]}, ${both(BASE / 2n)}));`,
      `const f${id} = f64x2.relaxed_madd(e${id}, ${mu}, ${HIGH});`,
      `const q${id} = f64x2.relaxed_madd(e${id}, ${mu}, f64x2.sub(${HIGH}, f${id}));`,
      `const h${id} = f64x2.relaxed_madd(q${id}, ${modulus[0]}, ${HIGH});`,
      `const l${id} = f64x2.relaxed_madd(q${id}, ${modulus[0]}, f64x2.sub(${LOW}, h${id}));`,
      `const u${id} = i64x2.add(i64x2.add(${column[k]}, l${id}), ${both(CARRY_OFFSET - LOW_PATTERN)});`,
      `${column[k + 1]} = i64x2.add(${column[k + 1]}, i64x2.add(h${id}, i64x2.shr_u(u${id}, 51)));`,
    );
    assume(k + 1, HIGH_PATTERN + (CARRY_OFFSET >> 51n));
    for (let j = 1; j < 5; j++) product(k + j, `q${id}`, `${modulus[j]}`);
  }

  function reduce() {
    // Three low columns at once: each digit d times 2^51i ≡ d·2^51(i − 3)·2^153.
    for (let i = 0; i < 3; i++) carry(i, `d${i}`);
    for (let i = 0; i < 3; i++) {
      for (const [j, limb] of rho(BigInt(3 - i)).entries()) {
        product(3 + j, `d${i}`, both(Number(limb)));
      }
    }
    // Two Montgomery steps for the columns left.
    for (const k of [3, 4]) montgomeryStep(k);
    for (let k = 5; k < 9; k++) carry(k, `r${k - 5}`);
  }

  return { lines, product, reduce, constants: () => constant.slice(0, 10) };
}

/** Stores what `reduce` left at `r`. */
export const STORE_REDUCED = `${[0, 1, 2, 3].map((i) => `v128.store(r, r${i}, ${16 * i});`).join('\n  ')}
  v128.store(r, f64x2.sub(i64x2.add(s9, ${both(LOW_PATTERN)}), ${both(1.5 * 2 ** 52)}), 64);`;

/** What the ten columns start from: minus all constant parts that will be added to them. */
export function columnStarts(code: ColumnCode): string {
  return code
    .constants()
    .map((constant, k) => `let s${k}: v128 = ${both(BigInt.asIntN(64, -constant))};`)
    .join('\n  ');
}
