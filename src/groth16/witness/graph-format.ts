/**
 * A witness graph: what to compute, in order, to get every wire of a circuit from its inputs. Values
 * stand in slots: the constants first, then the inputs, then what the operations make.
 */
export interface WitnessGraph {
  readonly inputs: readonly GraphInput[];
  readonly constants: readonly bigint[];
  readonly operations: readonly Operation[];
  /** The slot of each wire; wire 0 is the constant 1. */
  readonly wires: readonly number[];
}

export interface GraphInput {
  readonly name: string;
  /** Field elements: 1 for a scalar. */
  readonly size: number;
}

/** Operands are slots filled before. */
export type Operation =
  /** One slot. At most 6 products; flags are slots that hold 0 or 1. */
  | {
      readonly kind: 'sum';
      readonly products: readonly (readonly [number, number])[];
      readonly plus: readonly number[];
      readonly minus: readonly number[];
      /** [constant, flag] */
      readonly flags: readonly (readonly [number, number])[];
    }
  /** A slot for each pair; 0/0 = 0, and another division by zero is a constraint not met. */
  | { readonly kind: 'divide'; readonly pairs: readonly (readonly [number, number])[] }
  /** `count` slots, lowest bit first; a value ≥ 2^count is a constraint not met. */
  | { readonly kind: 'bits'; readonly of: number; readonly count: number }
  | { readonly kind: 'isZero'; readonly of: number }
  | { readonly kind: 'floor'; readonly of: number; readonly by: number }
  /** No slot. */
  | { readonly kind: 'assertZero'; readonly of: number };

export const GRAPH_MAGIC = 'wgph';
/** Of the format and of what the compiler makes: a file of another version is made anew. */
export const GRAPH_VERSION = 1;
export const GRAPH_SECTION = {
  header: 1,
  inputs: 2,
  constants: 3,
  shapes: 4,
  operations: 5,
  wires: 6,
} as const;

/** Operation codes of the file; from `sum` on, the number of a shape is added. */
export const CODE = { divide: 0, bits: 1, isZero: 2, floor: 3, assertZero: 4, sum: 5 } as const;

export const LIMITS = {
  /** So that no column of the kernel exceeds 64 bits. */
  products: 6,
  /** Of plus, minus or flags in a sum. */
  summands: 1024,
  bits: 254,
  divisor: 2 ** 29,
  slots: 2 ** 21,
  inputSize: 2 ** 16,
} as const;

/** How many operands of each kind a sum has; constants apart, whose numbers are coded otherwise. */
export interface SumShape {
  /** constant · slot */
  readonly scaled: number;
  readonly products: number;
  /** 1 where a constant is added. */
  readonly constants: number;
  readonly plus: number;
  readonly minus: number;
  readonly flags: number;
}
