import { FIELD_ORDER } from '../../core/field.ts';

/** A node of an expression graph, by number; operands have lower numbers. */
export type NodeId = number;

/** constant + Σ coefficient · node + Σ node · node, over the scalar field. */
export interface Expression {
  readonly constant: bigint;
  /** No coefficient is 0. */
  readonly terms: ReadonlyMap<NodeId, bigint>;
  readonly products: readonly (readonly [NodeId, NodeId])[];
}

export const modR = (value: bigint): bigint => {
  const rest = value % FIELD_ORDER;
  return rest < 0n ? rest + FIELD_ORDER : rest;
};

export const constant = (value: bigint): Expression => ({
  constant: modR(value),
  terms: new Map(),
  products: [],
});

export const isConstant = ({ terms, products }: Expression): boolean =>
  terms.size === 0 && products.length === 0;

/** Σ factor · expression. @throws RangeError for a product scaled by anything but 1 */
export function combine(parts: readonly (readonly [bigint, Expression])[]): Expression {
  let sum = 0n;
  const terms = new Map<NodeId, bigint>();
  const products: (readonly [NodeId, NodeId])[] = [];
  for (const [factor, part] of parts) {
    if (part.products.length > 0 && factor !== 1n) throw new RangeError('scaled product');
    sum += factor * part.constant;
    for (const [node, coefficient] of part.terms) {
      const total = modR((terms.get(node) ?? 0n) + factor * coefficient);
      if (total === 0n) terms.delete(node);
      else terms.set(node, total);
    }
    products.push(...part.products);
  }
  return { constant: modR(sum), terms, products };
}

/** The first coefficient, or the constant: an expression divided by it has one form for all its multiples. */
export function leading({ terms, constant: rest }: Expression): bigint {
  for (const coefficient of terms.values()) return coefficient;
  return rest;
}

/** value⁻¹ modulo r, by Euclid. @throws RangeError for 0 */
export function inverseModR(value: bigint): bigint {
  let [a, b] = [FIELD_ORDER, modR(value)];
  if (b === 0n) throw new RangeError('division by zero');
  let [x, y] = [0n, 1n];
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [x, y] = [y, x - quotient * y];
  }
  return modR(x);
}
