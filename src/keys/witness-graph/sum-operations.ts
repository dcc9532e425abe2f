import { FIELD_ORDER } from '../../core/field.ts';
import { LIMITS, type Operation } from '../../groth16/witness/graph-format.ts';
import type { Expression, NodeId } from './expression.ts';
import type { GraphNode } from './expression-graph.ts';

/** Coefficients up to this are cheaper as repeated additions than as a product. */
const REPEATED = 4;

/** Constants by value, in order of first use. */
export class ConstantPool {
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

export function collectConstants(
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

export function sumParts(
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
export function* splitSum(parts: SumParts, next: () => number): Generator<Operation> {
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
