/** A prime field of BN254 that the prover's kernels work in. */
export interface KernelField {
  /** `Fq`, coordinates, or `Fr`, scalars. */
  readonly name: 'Fq' | 'Fr';
  readonly prime: bigint;
}

/** `value` in `(−prime/2, prime/2]`. */
export function centred(value: bigint, prime: bigint): bigint {
  const least = ((value % prime) + prime) % prime;
  return least > prime / 2n ? least - prime : least;
}

/** Inverse of an odd `value` modulo `2^bits`, by Newton's iteration. */
export function inverseModPowerOfTwo(value: bigint, bits: number): bigint {
  let inverse = 1n;
  for (let known = 1; known < bits; known *= 2) {
    inverse = BigInt.asUintN(bits, inverse * (2n - value * inverse));
  }
  return inverse;
}

/** `base^exponent mod modulus`; for inverses, `base^(modulus − 2)`. */
export function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let b = base % modulus, e = exponent; e > 0n; e >>= 1n, b = (b * b) % modulus) {
    if (e & 1n) result = (result * b) % modulus;
  }
  return result;
}

/** A constant of a kernel: pairs, one after another. */
export interface KernelConstant {
  readonly name: string;
  readonly words: string;
  readonly values: readonly bigint[];
}

/** Of the two in Fq, the one that goes with the λ of `kernels/prover/split.ts` in G1. */
const CUBE_ROOT = 2203960485148121921418603742825762020974279258880205651966n;

/** Integers that stand for themselves, already times R where an element is meant. */
export function fieldConstants({ name, prime }: KernelField, radix: bigint): KernelConstant[] {
  const inverse = (value: bigint) => power(value, prime - 2n, prime);
  const constants: KernelConstant[] = [
    { name: 'ONE', words: 'The number one.', values: [radix] },
    {
      name: 'FROM_INTEGER',
      words: 'Times this, an integer enters the field.',
      values: [radix * radix],
    },
    {
      name: 'TO_INTEGER',
      words: 'Times this, then norm, an element becomes an integer.',
      values: [1n],
    },
    {
      name: 'FROM_STORED',
      words: 'Times this, what files hold as x·2^256 enters the field.',
      values: [((radix * radix) % prime) * inverse(2n ** 256n)],
    },
  ];
  if (name === 'Fr') {
    constants.push({
      name: 'FROM_COEFFICIENT',
      words: 'Times this, what zkeys hold of coefficients, x·2^512, enters the field.',
      values: [((radix * radix) % prime) * inverse(2n ** 512n)],
    });
  }
  if (name === 'Fq') {
    // The twist y² = x³ + 3 / (9 + u); 1 / (9 + u) = (9 − u) / 82.
    const over82 = ((radix % prime) * inverse(82n)) % prime;
    constants.push(
      {
        name: 'TO_STORED',
        words: 'Times this, then norm, an element becomes x·2^256, as files hold it.',
        values: [2n ** 256n],
      },
      {
        name: 'CUBE_ROOT',
        words: 'A cube root of one: λ·(x, y) = (this·x, y) in G1, λ² + λ + 1 = 0 mod r.',
        values: [radix * CUBE_ROOT],
      },
      {
        name: 'CUBE_ROOT_SQUARED',
        words: 'The other cube root of one: λ·(x, y) = (this·x, y) in G2.',
        values: [radix * CUBE_ROOT ** 2n],
      },
      { name: 'HALF', words: '1/2.', values: [radix * inverse(2n)] },
      { name: 'CURVE_B', words: 'The constant of the curve: 3.', values: [3n * radix] },
      {
        name: 'TWIST_B',
        words: 'The constant of the twist: c0, c1.',
        values: [27n * over82, -3n * over82],
      },
      {
        name: 'TWIST_3B',
        words: 'Three times the constant of the twist: c0, c1.',
        values: [81n * over82, -9n * over82],
      },
    );
  }
  return constants.map((constant) => ({
    ...constant,
    values: constant.values.map((value) => ((value % prime) + prime) % prime),
  }));
}
