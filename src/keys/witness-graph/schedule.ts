import { FIELD_ORDER } from '../../core/field.ts';
import { LIMITS, type Operation } from '../../groth16/witness/graph-format.ts';
import type { Expression, NodeId } from './expression.ts';
import type { ExpressionGraph, GraphNode } from './expression-graph.ts';
import { type InlinedGraph, operandsOf } from './inline.ts';

export interface Schedule {
  readonly constants: readonly bigint[];
  readonly operations: readonly Operation[];
  slotOf(node: NodeId): number;
}

/** Coefficients up to this are cheaper as repeated additions than as a product. */
const REPEATED = 4;

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

/** Constants by value, in order of first use. */
class ConstantPool {
  readonly values: bigint[] = [];
  readonly #slots = new Map<bigint, number>();

  slot(value: bigint): number {
    const known = this.#slots.get(value);
    if (known !== undefined) return known;
    this.#slots.set(value, this.values.length);
    return this.values.push(value) - 1;
  }
}

interface SumParts {
  products: (readonly [number, number])[];
  plus: number[];
  minus: number[];
  flags: (readonly [number, number])[];
}

/** Signed, the smaller way round. */
function signed(coefficient: bigint): bigint {
  return coefficient > FIELD_ORDER / 2n ? coefficient - FIELD_ORDER : coefficient;
}

function needsConstant(coefficient: bigint): boolean {
  const value = signed(coefficient);
  return value > BigInt(REPEATED) || value < -BigInt(REPEATED);
}

function collectConstants(
  node: GraphNode,
  constants: ConstantPool,
  isFlag: (node: NodeId) => boolean,
): void {
  if (node.kind === 'constant') constants.slot(node.value);
  if (node.kind !== 'sum') return;
  const { constant, terms } = node.expression;
  for (const [term, coefficient] of terms) {
    if (needsConstant(coefficient) || (isFlag(term) && signed(coefficient) !== 1n)) {
      constants.slot(coefficient);
    }
  }
  if (constant !== 0n) constants.slot(constant);
}

function sumParts(
  { constant, terms, products }: Expression,
  constants: ConstantPool,
  isFlag: (node: NodeId) => boolean,
  slotOf: (node: NodeId) => number,
): SumParts {
  const parts: SumParts = { products: [], plus: [], minus: [], flags: [] };
  for (const [term, coefficient] of terms) {
    const slot = slotOf(term);
    const times = signed(coefficient);
    if (isFlag(term) && times !== 1n) parts.flags.push([constants.slot(coefficient), slot]);
    else if (needsConstant(coefficient)) parts.products.push([constants.slot(coefficient), slot]);
    else {
      for (let i = 0n; i < times; i++) parts.plus.push(slot);
      for (let i = 0n; i > times; i--) parts.minus.push(slot);
    }
  }
  for (const [a, b] of products) parts.products.push([slotOf(a), slotOf(b)]);
  if (constant !== 0n) parts.plus.push(constants.slot(constant));
  return parts;
}

/** One operation, or several of which each adds the one before. */
function* splitSum(parts: SumParts, next: () => number): Generator<Operation> {
  const { products, plus, minus, flags } = parts;
  let before: number[] = [];
  do {
    const operation: Operation = {
      kind: 'sum',
      products: products.splice(0, LIMITS.products),
      plus: [...before, ...plus.splice(0, LIMITS.summands - 1)],
      minus: minus.splice(0, LIMITS.summands),
      flags: flags.splice(0, LIMITS.summands),
    };
    before = [next()];
    yield operation;
  } while (products.length + plus.length + minus.length + flags.length > 0);
}
