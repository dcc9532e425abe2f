import { bn254 } from '@noble/curves/bn254.js';
import type { Constraint, Term } from '../../src/groth16/r1cs.ts';
import type { Random } from './random.ts';
import { writeR1cs } from './write-r1cs.ts';

const { Fr } = bn254.fields;

/** An r1cs file and an assignment that satisfies it. */
export interface SatisfiedR1cs {
  readonly file: Uint8Array;
  readonly publicCount: number;
  /** Every wire's, the constant 1 first. */
  readonly witness: readonly bigint[];
}

/**
 * Any circuit: values first, then rows that hold for them. Sparse rows and a few dense ones, rows of
 * constants alone, empty and repeated ones, wires in no row, and twins: wires that stand in the same
 * rows with the same coefficients, so that points of the key coincide.
 */
export function satisfiedR1cs(random: Random, constraintCount: number): SatisfiedR1cs {
  const publicCount = random.int(1, 5);
  const wireCount = 1 + publicCount + random.int(0, Math.ceil(1.3 * constraintCount));
  const witness = [1n, ...Array.from({ length: wireCount - 1 }, () => randomValue(random))];
  const hasTwins = random.int(0, 3) === 0;

  const combination = (): Term[] => {
    const terms: Term[] = [];
    const count = random.int(0, 40) === 0 ? random.int(10, 120) : random.pick([0, 1, 1, 1, 2, 3]);
    for (let i = 0; i < count; i++) {
      const signal = random.pick([0, random.int(0, wireCount - 1), random.int(0, wireCount - 1)]);
      // Every seventh wire stands in no row.
      if (signal % 7 === 6) continue;
      const value = nonZero(randomValue(random));
      terms.push({ signal, value });
      const twin = signal + 1;
      if (hasTwins && signal % 7 === 3 && twin < wireCount) terms.push({ signal: twin, value });
    }
    return terms;
  };
  const evaluate = (terms: readonly Term[]) =>
    terms.reduce((sum, t) => Fr.add(sum, Fr.mul(t.value, witness[t.signal] ?? 0n)), 0n);
  /** One more term makes the row hold, of a wire that is not zero. */
  const row = (a: readonly Term[], b: readonly Term[]): Constraint => {
    const c = combination();
    const missing = Fr.sub(Fr.mul(evaluate(a), evaluate(b)), evaluate(c));
    const wire = random.int(0, wireCount - 1);
    const signal = witness[wire] && wire % 7 !== 6 ? wire : 0;
    const value = Fr.div(missing, witness[signal] ?? 1n);
    return { a, b, c: value === 0n ? c : [...c, { signal, value }] };
  };
  const constraints: Constraint[] = [];
  const constant = (): Term[] => [{ signal: 0, value: nonZero(randomValue(random)) }];
  while (constraints.length < constraintCount) {
    const kind = random.int(0, 19);
    if (kind === 0) constraints.push(row(constant(), constant()));
    else if (kind === 1 && constraints.length > 0) constraints.push(random.pick(constraints));
    else constraints.push(row(combination(), combination()));
  }
  return { file: writeR1cs(wireCount, publicCount, constraints), publicCount, witness };
}

/** From 1 to `most`, every order of magnitude as often. */
export function logUniform(random: Random, most: number): number {
  return Math.round(Math.exp((random.int(0, 10_000) / 10_000) * Math.log(most)));
}

/** As in our circuits: half of the wires are 0 or 1, some are small. */
function randomValue(random: Random): bigint {
  return random.pick([
    ...[0n, 1n, 1n, random.bits(16), Fr.ORDER - 1n],
    ...[random.fr(), random.fr(), random.fr()],
  ]);
}

const nonZero = (value: bigint) => (value === 0n ? 1n : value);
