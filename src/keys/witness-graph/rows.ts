import type { Constraint, R1cs, Term } from '../../groth16/r1cs.ts';
import { combine, constant, type Expression, modR } from './expression.ts';

/**
 * A constraint as the solver sees it: a · b = c, or c = 0 where `isLinear` (a and b then empty).
 * Numbers are wires; 0 stands in no term, its coefficient is the constant.
 */
export interface Row {
  readonly isLinear: boolean;
  readonly a: Expression;
  readonly b: Expression;
  readonly c: Expression;
  /** Each once. */
  readonly wires: readonly number[];
}

export function rowsOf({ constraints }: R1cs): Row[] {
  return constraints.map(rowOf);
}

function rowOf({ a, b, c }: Constraint): Row {
  const [left, right, result] = [overWires(a), overWires(b), overWires(c)];
  if (left.terms.size > 0 && right.terms.size > 0) {
    const wires = [
      ...new Set([...left.terms.keys(), ...right.terms.keys(), ...result.terms.keys()]),
    ];
    return { isLinear: false, a: left, b: right, c: result, wires };
  }
  const product =
    left.terms.size > 0 ? combine([[right.constant, left]]) : combine([[left.constant, right]]);
  const zero = combine([
    [1n, result],
    [-1n, product],
  ]);
  const none = constant(0n);
  return { isLinear: true, a: none, b: none, c: zero, wires: [...zero.terms.keys()] };
}

function overWires(terms: readonly Term[]): Expression {
  const map = new Map<number, bigint>();
  let rest = 0n;
  for (const { signal, value } of terms) {
    if (signal === 0) rest += value;
    else map.set(signal, modR((map.get(signal) ?? 0n) + value));
  }
  return { constant: modR(rest), terms: map, products: [] };
}

/** Wires some row forces to be 0 or 1: w · (w − 1) = 0 in any scaling. */
export function booleanWires(rows: readonly Row[]): Set<number> {
  const found = new Set<number>();
  for (const { isLinear, a, b, c, wires } of rows) {
    const [wire] = wires;
    if (isLinear || wires.length !== 1 || wire === undefined) continue;
    if (c.terms.size > 0 || c.constant !== 0n) continue;
    const roots = [isRoot(a, wire), isRoot(b, wire)];
    if (roots.includes(0) && roots.includes(1)) found.add(wire);
  }
  return found;
}

function isRoot({ constant: rest, terms }: Expression, wire: number): 0 | 1 | undefined {
  if (rest === 0n) return 0;
  return modR(rest + (terms.get(wire) ?? 0n)) === 0n ? 1 : undefined;
}
