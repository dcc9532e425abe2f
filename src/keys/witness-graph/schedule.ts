import type { Operation } from '../../groth16/witness/graph-format.ts';
import type { Expression, NodeId } from './expression.ts';
import type { ExpressionGraph, GraphNode } from './expression-graph.ts';
import { type InlinedGraph, operandsOf } from './inline.ts';
import { ConstantPool, collectConstants, splitSum, sumParts } from './sum-operations.ts';

export interface Schedule {
  readonly constants: readonly bigint[];
  readonly operations: readonly Operation[];
  slotOf(node: NodeId): number;
}

/**
 * Puts nodes into slots. Divisions that do not wait for each other are done together, with one
 * inversion: nodes go by the number of divisions in a row that lead to them.
 */
export function schedule(
  graph: ExpressionGraph,
  { live, nodes }: InlinedGraph,
  inputSize: number,
): Schedule {
  const constants = new ConstantPool();
  const isFlag = (node: NodeId) => graph.isFlag(node);
  constants.slot(1n);
  for (const id of live) collectConstants(nodes[id] as GraphNode, constants, isFlag);
  const slots = new Map<NodeId, number>();
  const operations: Operation[] = [];
  let next = constants.values.length + inputSize;
  const slotOf = (node: NodeId): number => {
    const slot = slots.get(node);
    if (slot === undefined) throw new RangeError(`node ${node} has no slot`);
    return slot;
  };
  const sum = (expression: Expression): number => {
    const parts = sumParts(expression, constants, isFlag, slotOf);
    for (const operation of splitSum(parts, () => next)) {
      operations.push(operation);
      next++;
    }
    return next - 1;
  };
  const fill = (id: NodeId, node: GraphNode): void => {
    if (node.kind === 'constant') slots.set(id, constants.slot(node.value));
    else if (node.kind === 'input') slots.set(id, constants.values.length + node.index);
    else if (node.kind === 'sum') slots.set(id, sum(node.expression));
    else if (node.kind === 'bit') {
      operations.push({ kind: 'bits', of: slotOf(node.of), count: node.count });
      for (const [index, bit] of graph.bits(node.of, node.count).entries()) {
        slots.set(bit, next + index);
      }
      next += node.count;
    } else if (node.kind === 'isZero') {
      operations.push({ kind: 'isZero', of: slotOf(node.of) });
      slots.set(id, next++);
    } else if (node.kind === 'floor') {
      operations.push({ kind: 'floor', of: slotOf(node.of), by: node.by });
      slots.set(id, next++);
    }
  };
  const assert = (id: NodeId): void => {
    if (graph.assertions.has(id)) operations.push({ kind: 'assertZero', of: slotOf(id) });
  };

  for (const { divisions, others } of levels(live, nodes)) {
    if (divisions.length > 0) {
      const pairs = divisions.map(
        ({ dividend, divisor }) => [slotOf(dividend), slotOf(divisor)] as const,
      );
      operations.push({ kind: 'divide', pairs });
      for (const { id } of divisions) slots.set(id, next++);
      for (const { id } of divisions) assert(id);
    }
    for (const id of others) {
      // The bits of a number come together.
      if (!slots.has(id)) fill(id, nodes[id] as GraphNode);
      assert(id);
    }
  }
  return { constants: constants.values, operations, slotOf };
}

interface Level {
  readonly divisions: { id: NodeId; dividend: NodeId; divisor: NodeId }[];
  readonly others: NodeId[];
}

function levels(live: readonly NodeId[], nodes: readonly GraphNode[]): Level[] {
  const depth = new Uint32Array(nodes.length);
  const found: Level[] = [];
  for (const id of live) {
    const node = nodes[id] as GraphNode;
    let level = 0;
    for (const operand of operandsOf(node)) level = Math.max(level, depth[operand] ?? 0);
    if (node.kind === 'quotient') level++;
    depth[id] = level;
    while (found.length <= level) found.push({ divisions: [], others: [] });
    if (node.kind === 'quotient') {
      found[level]?.divisions.push({ id, dividend: node.dividend, divisor: node.divisor });
    } else {
      found[level]?.others.push(id);
    }
  }
  return found;
}
