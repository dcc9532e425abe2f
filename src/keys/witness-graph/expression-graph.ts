import {
  combine,
  constant,
  type Expression,
  inverseModR,
  isConstant,
  leading,
  modR,
  type NodeId,
} from './expression.ts';
import { UncoveredCircuit } from './uncovered-circuit.ts';

/** What a node's value is. */
export type GraphNode =
  | { readonly kind: 'constant'; readonly value: bigint }
  | { readonly kind: 'input'; readonly index: number }
  | { readonly kind: 'sum'; readonly expression: Expression }
  /** 0/0 = 0; x/0 is a constraint not met. */
  | { readonly kind: 'quotient'; readonly dividend: NodeId; readonly divisor: NodeId }
  /** Bit `index` of `of`, which must be below 2^count. */
  | { readonly kind: 'bit'; readonly of: NodeId; readonly count: number; readonly index: number }
  | { readonly kind: 'isZero'; readonly of: NodeId }
  /** ⌊of / by⌋ of the integer in [0, r). */
  | { readonly kind: 'floor'; readonly of: NodeId; readonly by: number };

/** Builds nodes, each once, folding constants; keeps what must be zero. */
export class ExpressionGraph {
  readonly nodes: GraphNode[] = [];
  /** Nodes that a satisfied constraint makes zero. */
  readonly assertions = new Set<NodeId>();
  readonly #known = new Map<string, NodeId>();

  input(index: number): NodeId {
    return this.#node(`i${index}`, { kind: 'input', index });
  }

  /** The node with an expression's value. */
  sum(expression: Expression): NodeId {
    const { constant: rest, terms, products } = expression;
    if (isConstant(expression)) return this.#node(`c${rest}`, { kind: 'constant', value: rest });
    const [first] = terms;
    if (rest === 0n && terms.size === 1 && products.length === 0 && first?.[1] === 1n) {
      return first[0];
    }
    const ordered = [...terms].sort(([a], [b]) => a - b);
    const pairs = products.map(([a, b]) => (a < b ? `${a}*${b}` : `${b}*${a}`)).sort();
    const key = `s${rest}|${ordered.map(([node, by]) => `${node}:${by}`).join()}|${pairs.join()}`;
    return this.#node(key, {
      kind: 'sum',
      expression: { constant: rest, terms: new Map(ordered), products },
    });
  }

  /** A node as an expression of itself, a constant as its value. */
  of(node: NodeId): Expression {
    const value = this.constantOf(node);
    if (value !== undefined) return constant(value);
    return { constant: 0n, terms: new Map([[node, 1n]]), products: [] };
  }

  /** factor · a · b; a and b without products. */
  product(a: Expression, b: Expression, factor = 1n): Expression {
    if (isConstant(a)) return combine([[modR(a.constant * factor), b]]);
    if (isConstant(b)) return combine([[modR(b.constant * factor), a]]);
    const [scaleA, scaleB] = [leading(a), leading(b)];
    const monicA = combine([[inverseModR(scaleA), a]]);
    const monicB = combine([[inverseModR(scaleB), b]]);
    const scale = modR(scaleA * scaleB * factor);
    const [nodeA, nodeB] = [this.sum(monicA), this.sum(monicB)];
    const flag =
      this.#flagProduct(nodeA, monicA, monicB) ?? this.#flagProduct(nodeB, monicB, monicA);
    if (flag) return combine([[scale, flag]]);
    const scaled = scale === 1n ? nodeA : this.sum(combine([[scale, this.of(nodeA)]]));
    return { constant: 0n, terms: new Map(), products: [[scaled, nodeB]] };
  }

  quotient(dividend: NodeId, divisor: NodeId): NodeId {
    const [over, under] = [this.constantOf(dividend), this.constantOf(divisor)];
    if (over === 0n) return dividend;
    if (under === 0n) throw new UncoveredCircuit('a division by the constant 0');
    if (under !== undefined) return this.sum(combine([[inverseModR(under), this.of(dividend)]]));
    return this.#node(`q${dividend}/${divisor}`, { kind: 'quotient', dividend, divisor });
  }

  bits(of: NodeId, count: number): NodeId[] {
    const value = this.constantOf(of);
    if (value !== undefined && value >> BigInt(count) !== 0n) {
      throw new UncoveredCircuit('a constant out of range');
    }
    return Array.from({ length: count }, (_, index) =>
      value === undefined
        ? this.#node(`b${of}:${count}:${index}`, { kind: 'bit', of, count, index })
        : this.sum(constant((value >> BigInt(index)) & 1n)),
    );
  }

  isZero(of: NodeId): NodeId {
    const value = this.constantOf(of);
    if (value !== undefined) return this.sum(constant(value === 0n ? 1n : 0n));
    return this.#node(`z${of}`, { kind: 'isZero', of });
  }

  floor(of: NodeId, by: number): NodeId {
    const value = this.constantOf(of);
    if (value !== undefined) return this.sum(constant(value / BigInt(by)));
    return this.#node(`f${of}:${by}`, { kind: 'floor', of, by });
  }

  /** @throws UncoveredCircuit for a constant other than 0: nothing ever satisfies the circuit */
  assertZero(expression: Expression): void {
    if (isConstant(expression)) {
      if (expression.constant !== 0n) throw new UncoveredCircuit('it cannot be satisfied');
      return;
    }
    this.assertions.add(this.sum(expression));
  }

  constantOf(node: NodeId): bigint | undefined {
    const found = this.nodes[node];
    return found?.kind === 'constant' ? found.value : undefined;
  }

  isFlag(node: NodeId): boolean {
    const kind = this.nodes[node]?.kind;
    return kind === 'bit' || kind === 'isZero';
  }

  /** f · (f + k) = (1 + k) · f for a flag f. */
  #flagProduct(node: NodeId, own: Expression, other: Expression): Expression | undefined {
    if (!this.isFlag(node) || own.terms.size !== 1) return undefined;
    if (other.terms.size !== 1 || other.terms.get(node) !== 1n) return undefined;
    return combine([[modR(1n + other.constant), this.of(node)]]);
  }

  #node(key: string, node: GraphNode): NodeId {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#known.set(key, this.nodes.length);
    return this.nodes.push(node) - 1;
  }
}
