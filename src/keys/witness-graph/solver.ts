import type { Expression, NodeId } from './expression.ts';
import type { ExpressionGraph } from './expression-graph.ts';
import type { Row } from './rows.ts';

/** The state hint rules look at. */
export interface Solver {
  readonly graph: ExpressionGraph;
  readonly rows: readonly Row[];
  /** circom's name of a wire, without `main.`. */
  readonly name: (wire: number) => string;
  rowsWith(wire: number): readonly number[];
  isKnown(wire: number): boolean;
  isBoolean(wire: number): boolean;
  unknownsOf(row: number): number[];
  /** Known part of an expression over wires, over nodes. */
  knownPart(expression: Expression): Expression;
  define(wire: number, node: NodeId): void;
  /** A row holds by how its wires are defined. */
  hold(row: number): void;
}
