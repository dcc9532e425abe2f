import { combine, inverseModR, isConstant, modR } from './expression.ts';
import type { Solver } from './solver.ts';

/** Solves a row with one unknown where it is linear in it; else says which hint may. */
export function solveSingle(solver: Solver, at: number): 'done' | 'quotient' | 'flag' | 'other' {
  const row = solver.rows[at];
  const [wire] = solver.unknownsOf(at);
  if (!row || wire === undefined) return 'done';
  const { graph, knownPart } = solver;
  const [inA, inB, inC] = [row.a.terms.has(wire), row.b.terms.has(wire), row.c.terms.get(wire)];
  if (!inA && !inB && inC !== undefined) {
    const scale = inverseModR(inC);
    const product = graph.product(knownPart(row.a), knownPart(row.b), scale);
    const value = combine([
      [1n, product],
      [modR(-scale), knownPart(row.c)],
    ]);
    solver.define(wire, graph.sum(value));
    solver.hold(at);
    return 'done';
  }
  if ((inA && inB) || inC !== undefined) return 'other';
  const known = knownPart(inA ? row.b : row.a);
  if (known.terms.size === 0 && known.constant !== 0n) {
    divideHint(solver, at);
    return 'done';
  }
  const result = knownPart(row.c);
  return isConstant(result) && result.constant === 0n ? 'flag' : 'quotient';
}

/** known · (k · wire + rest) = c, so wire = (c / known − rest) / k. */
export function divideHint(solver: Solver, at: number): void {
  const row = solver.rows[at];
  const [wire] = solver.unknownsOf(at);
  if (!row || wire === undefined) return;
  const { graph, knownPart } = solver;
  const isInA = row.a.terms.has(wire);
  const factor = isInA ? row.a : row.b;
  const divisor = knownPart(isInA ? row.b : row.a);
  const scale = inverseModR(factor.terms.get(wire) ?? 1n);
  const quotient = graph.quotient(graph.sum(knownPart(row.c)), graph.sum(divisor));
  const value = combine([
    [scale, graph.of(quotient)],
    [modR(-scale), knownPart(factor)],
  ]);
  solver.define(wire, graph.sum(value));
  solver.hold(at);
}
