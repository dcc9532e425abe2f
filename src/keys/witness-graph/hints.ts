import {
  combine,
  constant,
  type Expression,
  inverseModR,
  modR,
  type NodeId,
} from './expression.ts';
import type { Row } from './rows.ts';
import type { Solver } from './solver.ts';

/**
 * What circom's `<--` assigns, told by the constraints around it. A wrong guess cannot make a wrong
 * witness pass, for every constraint is still asserted; it could only refuse a right one. So each
 * shape is strict, and whatever fits none is left to circom's own program.
 */

/**
 * Booleans with Σ 2^i · bit = known, up to a factor: the bits of the known part (Num2Bits, BinSum).
 * Some may be known already, as the sign that CompConstant's caller fixes.
 */
export function bitsHint(solver: Solver, at: number): boolean {
  const row = solver.rows[at];
  const unknown = solver.unknownsOf(at);
  if (!row?.isLinear || unknown.length < 2) return false;
  const bits = bitOrder(row, row.wires.filter(solver.isBoolean)) ?? bitOrder(row, unknown);
  if (!bits) return false;
  const { graph } = solver;
  const rest = new Map([...row.c.terms].filter(([wire]) => !bits.wires.includes(wire)));
  const of = dividedBy(solver, { ...row.c, terms: rest }, bits.unit);
  for (const [index, node] of graph.bits(of, bits.wires.length).entries()) {
    const wire = bits.wires[index] ?? 0;
    if (solver.isKnown(wire)) {
      graph.assertZero(
        combine([
          [1n, solver.knownPart(wireAlone(wire))],
          [-1n, graph.of(node)],
        ]),
      );
    } else {
      solver.define(wire, node);
    }
  }
  solver.hold(at);
  return true;
}

/** Wires in the order of their weights unit, 2 · unit, 4 · unit, …; undefined where they have others. */
function bitOrder(row: Row, wires: readonly number[]) {
  if (wires.length > 254) return undefined;
  const byWeight = new Map(wires.map((wire) => [row.c.terms.get(wire) ?? 0n, wire]));
  for (const unit of byWeight.keys()) {
    const ordered: number[] = [];
    for (let weight = unit; ordered.length < wires.length; weight = modR(2n * weight)) {
      const wire = byWeight.get(weight);
      if (wire === undefined) break;
      ordered.push(wire);
    }
    if (ordered.length === wires.length) return { unit, wires: ordered };
  }
  return undefined;
}

/**
 * flag · x = 0 with x known: the flag is whether x = 0, if another constraint makes it 1 there: a sum
 * of such flags (one-hot, Decoder), or x · inverse = 1 − flag (IsZero). Where no other constraint has
 * it, it is that inverse under a flag fixed to 1, and 0.
 */
export function flagHint(solver: Solver, at: number): boolean {
  const row = solver.rows[at];
  const [wire] = solver.unknownsOf(at);
  if (!row || wire === undefined) return true;
  const own = row.a.terms.has(wire) ? row.a : row.b;
  if (own.terms.size !== 1 || own.constant !== 0n) return false;
  const { graph } = solver;
  const x = graph.sum(solver.knownPart(own === row.a ? row.b : row.a));
  const elsewhere = solver.rowsWith(wire).filter((other) => other !== at);
  if (elsewhere.length === 0) {
    solver.define(wire, graph.sum(constant(0n)));
    return true;
  }
  // 0 · flag = 0 says nothing of the flag.
  if (graph.constantOf(x) !== undefined) return false;
  if (!elsewhere.some((other) => isFlagSum(solver, other) || isInverseOf(solver, other, wire))) {
    return false;
  }
  solver.define(wire, graph.isZero(x));
  solver.hold(at);
  return true;
}

/** x · inverse = 1 − flag with nothing known but x. */
function isInverseOf(solver: Solver, at: number, flag: number): boolean {
  const row = solver.rows[at];
  if (!row || row.isLinear || !row.c.terms.has(flag) || row.c.terms.size !== 1) return false;
  if (modR(row.c.constant + (row.c.terms.get(flag) ?? 0n)) !== 0n) return false;
  const unknown = solver.unknownsOf(at).filter((wire) => wire !== flag);
  return (
    unknown.length === 1 && row.a.terms.has(unknown[0] ?? 0) !== row.b.terms.has(unknown[0] ?? 0)
  );
}

/** Equal coefficients, every unknown but at most one a flag of something known. */
function isFlagSum(solver: Solver, at: number): boolean {
  const row = solver.rows[at];
  if (!row?.isLinear) return false;
  const unknown = solver.unknownsOf(at);
  const flags = unknown.filter((wire) => isZeroProduct(solver, wire));
  const coefficients = new Set(flags.map((wire) => row.c.terms.get(wire)));
  return unknown.length - flags.length <= 1 && coefficients.size === 1;
}

function isZeroProduct(solver: Solver, wire: number): boolean {
  return solver.rowsWith(wire).some((at) => {
    const row = solver.rows[at];
    if (!row || row.isLinear || row.c.terms.size > 0 || row.c.constant !== 0n) return false;
    return !solver.isBoolean(wire) && solver.unknownsOf(at).length === 1;
  });
}

/**
 * Integer divisions of our library, by the names of what they assign: no constraint's shape alone
 * tells them from another guess. `remainder = known − divisor · quotient`.
 */
const DIVISIONS = [
  // circuits/lib/months/ledger-month.circom
  { quotient: 'year', remainder: 'monthInYear', divisor: 12 },
] as const;

export function quotientHint(solver: Solver, row: Row): boolean {
  if (!row.isLinear) return false;
  const [first, second] = row.wires.filter((wire) => !solver.isKnown(wire));
  if (first === undefined || second === undefined) return false;
  for (const [wire, rest] of [
    [first, second],
    [second, first],
  ] as const) {
    const [unit, scale] = [row.c.terms.get(rest) ?? 0n, row.c.terms.get(wire) ?? 0n];
    const division = DIVISIONS.find(
      ({ quotient, remainder, divisor }) =>
        localName(solver.name(wire)) === quotient &&
        localName(solver.name(rest)) === remainder &&
        modR(unit * BigInt(divisor)) === scale,
    );
    if (!division) continue;
    solver.define(wire, solver.graph.floor(dividedBy(solver, row.c, unit), division.divisor));
    return true;
  }
  return false;
}

/** −known / unit. */
function dividedBy({ graph, knownPart }: Solver, sum: Expression, unit: bigint): NodeId {
  const scale = modR(-inverseModR(unit));
  return graph.sum(combine([[scale, knownPart(sum)]]));
}

function wireAlone(wire: number): Expression {
  return { constant: 0n, terms: new Map([[wire, 1n]]), products: [] };
}

function localName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
