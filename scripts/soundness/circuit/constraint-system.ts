import type { Constraint, Term } from '../../../src/groth16/r1cs.ts';
import { centred, mod } from './field-arithmetic.ts';

/** A linear combination as parallel arrays; coefficients centred around 0. */
interface Combination {
  readonly wires: Int32Array;
  readonly coefficients: readonly bigint[];
}

/** Where a wire occurs in a constraint, and with which coefficients of A, B and C (centred). */
export interface Touch {
  readonly constraint: number;
  readonly a: bigint;
  readonly b: bigint;
  readonly c: bigint;
}

/** Values of A, B and C of every constraint at a witness, in [0, r). */
export interface ConstraintValues {
  readonly a: readonly bigint[];
  readonly b: readonly bigint[];
  readonly c: readonly bigint[];
}

/** Constraints `A · B = C`, indexed both ways. */
export interface ConstraintSystem {
  readonly constraintCount: number;
  /** `Touch[wireCount][]`. */
  readonly touches: readonly (readonly Touch[])[];
  evaluate(witness: readonly bigint[]): ConstraintValues;
}

export function constraintSystem(
  constraints: readonly Constraint[],
  wireCount: number,
): ConstraintSystem {
  const a = constraints.map((constraint) => combination(constraint.a));
  const b = constraints.map((constraint) => combination(constraint.b));
  const c = constraints.map((constraint) => combination(constraint.c));
  return {
    constraintCount: constraints.length,
    touches: touchesOf(constraints, wireCount),
    evaluate: (witness) => {
      const at = (side: readonly Combination[]) => side.map((sum) => sumAt(sum, witness));
      return { a: at(a), b: at(b), c: at(c) };
    },
  };
}

/** Index of the first constraint a witness breaks; −1 if it meets them all. */
export function firstBroken(values: ConstraintValues): number {
  return values.a.findIndex((a, at) => mod(a * (values.b[at] ?? 0n) - (values.c[at] ?? 0n)) !== 0n);
}

/** How constraint `touch.constraint` moves with the wire, to first order: aB + bA − c, in [0, r). */
export function slope({ constraint, a, b, c }: Touch, values: ConstraintValues): bigint {
  return mod(a * (values.b[constraint] ?? 0n) + b * (values.a[constraint] ?? 0n) - c);
}

function combination(terms: readonly Term[]): Combination {
  return {
    wires: Int32Array.from(terms, (term) => term.signal),
    coefficients: terms.map((term) => centred(term.value)),
  };
}

function sumAt({ wires, coefficients }: Combination, witness: readonly bigint[]): bigint {
  let sum = 0n;
  for (const [at, coefficient] of coefficients.entries()) {
    sum += coefficient * (witness[wires[at] ?? 0] ?? 0n);
  }
  return mod(sum);
}

function touchesOf(constraints: readonly Constraint[], wireCount: number): Touch[][] {
  const touches: Touch[][] = Array.from({ length: wireCount }, () => []);
  for (const [index, constraint] of constraints.entries()) {
    const found = new Map<number, { a: bigint; b: bigint; c: bigint }>();
    for (const side of ['a', 'b', 'c'] as const) {
      for (const { signal, value } of constraint[side]) {
        const touch = found.get(signal) ?? { a: 0n, b: 0n, c: 0n };
        // A file may name a wire twice in one combination.
        touch[side] = centred(mod(touch[side] + value));
        found.set(signal, touch);
      }
    }
    for (const [wire, touch] of found) touches[wire]?.push({ constraint: index, ...touch });
  }
  return touches;
}
