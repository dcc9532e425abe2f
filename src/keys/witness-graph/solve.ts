import type { R1cs } from '../../groth16/r1cs.ts';
import { combine, constant, type Expression, type NodeId } from './expression.ts';
import { ExpressionGraph } from './expression-graph.ts';
import { bitsHint, flagHint, quotientHint } from './hints.ts';
import { booleanWires, rowsOf } from './rows.ts';
import { divideHint, solveSingle } from './solve-row.ts';
import type { Solver } from './solver.ts';
import { UncoveredCircuit } from './uncovered-circuit.ts';

/** Every wire's value as a node of a graph of the inputs. */
export interface SolvedCircuit {
  readonly graph: ExpressionGraph;
  /** The node of a wire. @throws UncoveredCircuit where no constraint says what it is */
  nodeOf(wire: number): NodeId;
}

/**
 * Follows the constraints of an unsimplified circuit (circom's `--O0`: every `<==` and `===` is one)
 * from its inputs to every wire. What circom assigns by `<--` and no linear constraint gives is found
 * by the shape of the constraints around it: quotients, bits, flags. Every constraint that did not
 * define a wire, or whose hint may fail it, is asserted.
 * @throws UncoveredCircuit where a wire stays unknown
 */
export function solveCircuit(r1cs: R1cs, name: (wire: number) => string): SolvedCircuit {
  const rows = rowsOf(r1cs);
  const booleans = booleanWires(rows);
  const graph = new ExpressionGraph();
  const nodes = new Array<NodeId | undefined>(r1cs.wireCount);
  const rowsWith = Array.from({ length: r1cs.wireCount }, (): number[] => []);
  for (const [row, { wires }] of rows.entries()) {
    for (const wire of wires) rowsWith[wire]?.push(row);
  }
  const unknown = rows.map(({ wires }) => wires.length);
  const others = rows.map(({ wires }) => wires.filter((wire) => !booleans.has(wire)).length);
  const single: number[] = rows.flatMap(({ wires }, row) => (wires.length === 1 ? [row] : []));
  const allBoolean: number[] = rows.flatMap((_, row) => (others[row] === 0 ? [row] : []));
  const quotients: number[] = [];
  const flags: number[] = [];
  const held = new Set<number>();

  const solver: Solver = {
    graph,
    rows,
    name,
    rowsWith: (wire) => rowsWith[wire] ?? [],
    isKnown: (wire) => nodes[wire] !== undefined,
    isBoolean: (wire) => booleans.has(wire),
    unknownsOf: (row) => (rows[row]?.wires ?? []).filter((wire) => nodes[wire] === undefined),
    knownPart: (expression) => substituted(expression, nodes, graph),
    hold: (row) => held.add(row),
    define(wire, node) {
      if (nodes[wire] !== undefined) return;
      nodes[wire] = node;
      for (const row of rowsWith[wire] ?? []) {
        unknown[row] = (unknown[row] ?? 0) - 1;
        if (!booleans.has(wire)) others[row] = (others[row] ?? 0) - 1;
        if (unknown[row] === 1) single.push(row);
        else if (others[row] === 0 && rows[row]?.isLinear) allBoolean.push(row);
      }
    },
  };

  nodes[0] = graph.sum(constant(1n));
  for (let input = 0; input < r1cs.inputCount; input++) {
    solver.define(1 + r1cs.outputCount + input, graph.input(input));
  }
  while (true) {
    const next = single.pop();
    if (next !== undefined) {
      const left = solveSingle(solver, next);
      if (left === 'quotient') quotients.push(next);
      if (left === 'flag') flags.push(next);
      continue;
    }
    const bits = allBoolean.pop();
    if (bits !== undefined) {
      bitsHint(solver, bits);
      continue;
    }
    const flag = flags.findIndex((row) => flagHint(solver, row));
    if (flag >= 0) {
      flags.splice(0, flag + 1, ...flags.slice(0, flag));
      continue;
    }
    const divided = quotients.pop();
    if (divided !== undefined) {
      divideHint(solver, divided);
      continue;
    }
    if (!rows.some((row, at) => unknown[at] === 2 && quotientHint(solver, row))) break;
  }
  for (const [at, row] of rows.entries()) {
    if (unknown[at] !== 0) throw new UncoveredCircuit(`${name(solver.unknownsOf(at)[0] ?? 0)}`);
    if (held.has(at)) continue;
    graph.assertZero(
      combine([
        [1n, graph.product(solver.knownPart(row.a), solver.knownPart(row.b))],
        [-1n, solver.knownPart(row.c)],
      ]),
    );
  }
  return {
    graph,
    nodeOf(wire) {
      const node = nodes[wire];
      if (node === undefined) throw new UncoveredCircuit(name(wire));
      return node;
    },
  };
}

function substituted(
  { constant: rest, terms }: Expression,
  nodes: readonly (NodeId | undefined)[],
  graph: ExpressionGraph,
): Expression {
  const parts: [bigint, Expression][] = [[1n, constant(rest)]];
  for (const [wire, coefficient] of terms) {
    const node = nodes[wire];
    if (node !== undefined) parts.push([coefficient, graph.of(node)]);
  }
  return combine(parts);
}
