import { combine, type Expression, modR, type NodeId } from './expression.ts';
import type { ExpressionGraph, GraphNode } from './expression-graph.ts';

/** Nodes that matter, with the sums used once written into the sums that use them. */
export interface InlinedGraph {
  /** Live nodes in ascending order. */
  readonly live: readonly NodeId[];
  readonly nodes: readonly GraphNode[];
}

export function operandsOf(node: GraphNode): NodeId[] {
  switch (node.kind) {
    case 'constant':
    case 'input':
      return [];
    case 'sum':
      return [...node.expression.terms.keys(), ...node.expression.products.flat()];
    case 'quotient':
      return [node.dividend, node.divisor];
    default:
      return [node.of];
  }
}

/** What must be evaluated whoever uses it: wanted wires, assertions, and nodes that themselves assert. */
function rootsOf(graph: ExpressionGraph, wanted: Iterable<NodeId>): NodeId[] {
  const roots = [...wanted, ...graph.assertions];
  for (const [id, node] of graph.nodes.entries()) {
    if (node.kind === 'quotient' || (node.kind === 'bit' && node.count < 254)) roots.push(id);
  }
  return roots;
}

export function inlineSums(graph: ExpressionGraph, wanted: Iterable<NodeId>): InlinedGraph {
  const roots = rootsOf(graph, wanted);
  const before = liveNodes(graph.nodes, roots);
  const uses = new Uint32Array(graph.nodes.length);
  for (const id of roots) uses[id] = 2;
  for (const id of before) {
    for (const operand of operandsOf(graph.nodes[id] as GraphNode))
      uses[operand] = (uses[operand] ?? 0) + 1;
  }
  const nodes = [...graph.nodes];
  for (const id of before) {
    const node = nodes[id];
    if (node?.kind !== 'sum') continue;
    const isOnce = (term: NodeId) => uses[term] === 1;
    nodes[id] = { kind: 'sum', expression: inlined(node.expression, nodes, isOnce) };
  }
  return { live: liveNodes(nodes, roots), nodes };
}

function inlined(
  expression: Expression,
  nodes: readonly GraphNode[],
  isOnce: (node: NodeId) => boolean,
): Expression {
  const parts: [bigint, Expression][] = [[1n, { ...expression, terms: new Map() }]];
  for (const [term, coefficient] of expression.terms) {
    const node = nodes[term];
    const isInlined =
      node?.kind === 'sum' && isOnce(term) && isWorthIt(node.expression, coefficient);
    const part = isInlined
      ? node.expression
      : { constant: 0n, terms: new Map([[term, 1n]]), products: [] };
    parts.push([coefficient, part]);
  }
  return combine(parts);
}

/** Scaling a sum of several terms costs a product for each, instead of one. */
function isWorthIt({ terms, products }: Expression, coefficient: bigint): boolean {
  if (coefficient === 1n) return true;
  return products.length === 0 && (coefficient === modR(-1n) || terms.size <= 1);
}

function liveNodes(nodes: readonly GraphNode[], roots: Iterable<NodeId>): NodeId[] {
  const live = new Uint8Array(nodes.length);
  for (const id of roots) live[id] = 1;
  for (let id = nodes.length - 1; id >= 0; id--) {
    const node = nodes[id];
    if (live[id] && node) for (const operand of operandsOf(node)) live[operand] = 1;
  }
  return [...live.keys()].filter((id) => live[id]);
}
