import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FIELD_ORDER, toFr } from '../../src/core/field.ts';
import {
  LIMITS,
  type Operation,
  type WitnessGraph,
} from '../../src/groth16/witness/graph-format.ts';
import { loadWitnessGraph } from '../../src/groth16/witness/load-witness-graph.ts';
import { writeWitnessGraph } from '../../src/groth16/witness/write-graph.ts';
import { evaluateGraph } from '../support/evaluate-graph.ts';

const R = FIELD_ORDER;
/** Where limbs, signs and reductions go wrong first. */
const edges = [0n, 1n, 2n, R - 1n, R - 2n, (R - 1n) / 2n, 2n ** 29n, 2n ** 232n - 1n, 2n ** 253n];
const element = fc.oneof(fc.constantFrom(...edges), fc.bigInt(0n, R - 1n), fc.bigInt(0n, 100n));
const INPUTS = 6;
const BITS = 254;
/** Inputs, then the bits of the first; everything may use them. */
const CONSTANTS = 5;
const FIRST_BIT = CONSTANTS + INPUTS;
const early = fc.integer({ min: 0, max: FIRST_BIT + BITS - 1 });
const constant = fc.integer({ min: 0, max: CONSTANTS - 1 });
const flag = fc.integer({ min: FIRST_BIT, max: FIRST_BIT + BITS - 1 });
const variable = fc.integer({ min: CONSTANTS, max: FIRST_BIT + BITS - 1 });
const list = <T>(item: fc.Arbitrary<T>, maxLength: number) => fc.array(item, { maxLength });

const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({
    kind: fc.constant('sum' as const),
    products: list(fc.tuple(early, variable), LIMITS.products),
    plus: list(variable, 40),
    minus: list(variable, 40),
    flags: list(fc.tuple(constant, flag), 40),
  }),
  fc.record({ kind: fc.constant('isZero' as const), of: variable }),
  fc.record({
    kind: fc.constant('floor' as const),
    of: variable,
    by: fc.integer({ min: 1, max: LIMITS.divisor }),
  }),
  fc.record({ kind: fc.constant('bits' as const), of: variable, count: fc.constant(254) }),
  fc.record({
    kind: fc.constant('divide' as const),
    pairs: list(fc.tuple(variable, variable), 20),
  }),
);

const slotsOf = (one: Operation): number => {
  if (one.kind === 'bits') return one.count;
  if (one.kind === 'divide') return one.pairs.length;
  return one.kind === 'assertZero' ? 0 : 1;
};

function graphOf(constants: readonly bigint[], operations: readonly Operation[]): WitnessGraph {
  const all: Operation[] = [{ kind: 'bits', of: CONSTANTS, count: BITS }, ...operations];
  const slots = FIRST_BIT + all.reduce((sum, one) => sum + slotsOf(one), 0);
  const wires = Array.from({ length: slots }, (_, slot) => slot);
  return { inputs: [{ name: 'x', size: INPUTS }], constants, operations: all, wires };
}

it('the kernel computes what big integers do', async () => {
  const property = fc.asyncProperty(
    fc.array(element, { minLength: CONSTANTS - 1, maxLength: CONSTANTS - 1 }),
    fc.array(element, { minLength: INPUTS, maxLength: INPUTS }),
    fc.array(operation, { maxLength: 30 }),
    async (constants, inputs, operations) => {
      const graph = graphOf([1n, ...constants], operations);
      const program = await loadWitnessGraph(writeWitnessGraph(graph));
      const expected = evaluateGraph(graph, inputs);
      const signals = { x: inputs.map((value) => toFr(value)) };
      if (expected) expect(program.calculate(signals)).toEqual(expected);
      else expect(() => program.calculate(signals)).toThrow(/refuses/);
    },
  );
  await fc.assert(property, { numRuns: 150 });
});

it('and of the longest sums there may be, of the largest elements', async () => {
  const long = <T>(item: T): T[] => new Array(LIMITS.summands).fill(item);
  const constants = [1n, R - 1n, R - 1n, R - 1n, R - 1n];
  const inputs = new Array<bigint>(INPUTS).fill(R - 1n);
  for (const [plus, minus, flags] of [
    [long(CONSTANTS), long(CONSTANTS), long([1, FIRST_BIT + 5] as const)],
    [long(CONSTANTS), [], long([1, FIRST_BIT + 28] as const)],
    [[], long(CONSTANTS), []],
  ] as const) {
    const products = new Array(LIMITS.products).fill([1, CONSTANTS]);
    const graph = graphOf(constants, [{ kind: 'sum', products, plus, minus, flags }]);
    const program = await loadWitnessGraph(writeWitnessGraph(graph));
    const signals = { x: inputs.map((value) => toFr(value)) };
    expect(program.calculate(signals)).toEqual(evaluateGraph(graph, inputs));
  }
});
