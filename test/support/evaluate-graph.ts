import { FIELD_ORDER } from '../../src/core/field.ts';
import type { Operation, WitnessGraph } from '../../src/groth16/witness/graph-format.ts';
import { inverseModR, modR } from '../../src/keys/witness-graph/expression.ts';

/** A witness graph in plain big integers; undefined where a constraint is not met. */
export function evaluateGraph(
  graph: WitnessGraph,
  inputs: readonly bigint[],
): bigint[] | undefined {
  const slots = [...graph.constants, ...inputs];
  for (const operation of graph.operations) {
    const made = evaluate(operation, (slot) => slots[slot] ?? 0n);
    if (!made) return undefined;
    slots.push(...made);
  }
  return graph.wires.map((slot) => slots[slot] ?? 0n);
}

function evaluate(operation: Operation, at: (slot: number) => bigint): bigint[] | undefined {
  switch (operation.kind) {
    case 'sum': {
      let sum = 0n;
      for (const [x, y] of [...operation.products, ...operation.flags]) sum += at(x) * at(y);
      for (const x of operation.plus) sum += at(x);
      for (const x of operation.minus) sum -= at(x);
      return [modR(sum)];
    }
    case 'divide': {
      const isMet = operation.pairs.every(([x, y]) => at(y) !== 0n || at(x) === 0n);
      if (!isMet) return undefined;
      return operation.pairs.map(([x, y]) =>
        at(y) === 0n ? 0n : (at(x) * inverseModR(at(y))) % FIELD_ORDER,
      );
    }
    case 'bits': {
      const value = at(operation.of);
      if (value >> BigInt(operation.count) !== 0n) return undefined;
      return Array.from({ length: operation.count }, (_, i) => (value >> BigInt(i)) & 1n);
    }
    case 'isZero':
      return [at(operation.of) === 0n ? 1n : 0n];
    case 'floor':
      return [at(operation.of) / BigInt(operation.by)];
    case 'assertZero':
      return at(operation.of) === 0n ? [] : undefined;
  }
}
