import type { Circuit } from '../circuit/circuit.ts';
import {
  type ConstraintSystem,
  type ConstraintValues,
  constraintSystem,
  firstBroken,
  slope,
} from '../circuit/constraint-system.ts';
import { kernelSupport, type SparseRow } from './kernel.ts';

/** The ways a witness could move, to first order, while its inputs stay. */
export interface Nullity {
  /** Wires that are not inputs. */
  readonly unknowns: number;
  readonly rank: number;
  /** Wires that move in any such way; empty if and only if the rank is full. */
  readonly moving: readonly number[];
}

/** @throws Error where the witness itself breaks a constraint */
export type NullitySearch = (witness: readonly bigint[]) => Nullity;

/**
 * Rank of the Jacobian of the constraints at a witness, inputs fixed. Full rank means that near this
 * witness the inputs leave one choice for every other wire, outputs included: no two wires are free
 * together. (Near, in the sense of the constraints' tangent; what lies far off, mutation and the
 * oracle look at.)
 *
 * Circuits compute forward, so most unknowns fall by peeling: a row with one unknown left pins it.
 * Only what remains is eliminated with arithmetic.
 */
export function nullitySearch(circuit: Circuit): NullitySearch {
  const { constraints, wireCount, outputCount, inputCount } = circuit;
  const system = constraintSystem(constraints, wireCount);
  const firstInner = 1 + outputCount + inputCount;
  const isUnknown = (wire: number) => wire >= firstInner || (wire > 0 && wire <= outputCount);
  return (witness) => {
    const values = system.evaluate(witness);
    const broken = firstBroken(values);
    if (broken >= 0) throw new Error(`the witness breaks constraint ${broken}`);
    const columns = gradientColumns(system, values, isUnknown);
    const pinned = peel(columns, system.constraintCount);
    const rest = [...columns.keys()].filter((wire) => !pinned.has(wire));
    const kernel = kernelSupport(remainingRows(columns, rest), rest);
    return {
      unknowns: columns.size,
      rank: pinned.size + kernel.rank,
      moving: [...kernel.support].sort((a, b) => a - b),
    };
  };
}

/** Non-zero entries of the Jacobian: by wire, constraint → value. */
type Columns = ReadonlyMap<number, ReadonlyMap<number, bigint>>;

function gradientColumns(
  system: ConstraintSystem,
  values: ConstraintValues,
  isUnknown: (wire: number) => boolean,
): Columns {
  const columns = new Map<number, Map<number, bigint>>();
  for (const [wire, touches] of system.touches.entries()) {
    if (!isUnknown(wire)) continue;
    const column = new Map<number, bigint>();
    for (const touch of touches) {
      const value = slope(touch, values);
      if (value !== 0n) column.set(touch.constraint, value);
    }
    columns.set(wire, column);
  }
  return columns;
}

/** Wires that no kernel vector moves, found one after another without arithmetic. */
function peel(columns: Columns, constraintCount: number): Set<number> {
  const left = new Int32Array(constraintCount);
  // The xor of a row's wires is the wire itself once one is left.
  const mixed = new Int32Array(constraintCount);
  for (const [wire, column] of columns) {
    for (const row of column.keys()) {
      left[row] = (left[row] ?? 0) + 1;
      mixed[row] = (mixed[row] ?? 0) ^ wire;
    }
  }
  const pinned = new Set<number>();
  const ready = [...left.keys()].filter((row) => left[row] === 1);
  for (let row = ready.pop(); row !== undefined; row = ready.pop()) {
    if (left[row] !== 1) continue;
    const wire = mixed[row] ?? 0;
    pinned.add(wire);
    for (const other of columns.get(wire)?.keys() ?? []) {
      left[other] = (left[other] ?? 0) - 1;
      mixed[other] = (mixed[other] ?? 0) ^ wire;
      if (left[other] === 1) ready.push(other);
    }
  }
  return pinned;
}

function remainingRows(columns: Columns, wires: readonly number[]): SparseRow[] {
  const rows = new Map<number, SparseRow>();
  for (const wire of wires) {
    for (const [constraint, value] of columns.get(wire) ?? []) {
      const row = rows.get(constraint) ?? new Map<number, bigint>();
      row.set(wire, value);
      rows.set(constraint, row);
    }
  }
  return [...rows.values()];
}
