import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FIELD_ORDER, toFr } from '../../src/core/field.ts';
import { readSections, writeSections } from '../../src/groth16/bin-file.ts';
import {
  GRAPH_MAGIC,
  GRAPH_SECTION,
  GRAPH_VERSION,
  LIMITS,
  type Operation,
  type WitnessGraph,
} from '../../src/groth16/witness/graph-format.ts';
import { loadWitnessGraph } from '../../src/groth16/witness/load-witness-graph.ts';
import { VarintWriter } from '../../src/groth16/witness/varint.ts';
import { writeWitnessGraph } from '../../src/groth16/witness/write-graph.ts';
import { outcomeOf } from '../support/same-witness.ts';
import { tinyCircuit } from '../support/tiny-circuit.ts';

/** Every kind of operation: constants 0 to 2, inputs 3 to 5, results from 6. */
const sum: Operation = {
  kind: 'sum',
  products: [
    [1, 3],
    [4, 5],
  ],
  plus: [3, 2],
  minus: [4],
  flags: [],
};
const graph: WitnessGraph = {
  inputs: [
    { name: 'x', size: 1 },
    { name: 'y', size: 2 },
  ],
  constants: [1n, 300n, FIELD_ORDER - 1n],
  operations: [
    sum,
    { kind: 'bits', of: 5, count: 9 },
    { kind: 'isZero', of: 4 },
    { kind: 'divide', pairs: Array.from({ length: 2 }, () => [6, 3] as const) },
    { kind: 'floor', of: 6, by: 12 },
    { ...sum, products: [], flags: [[1, 16]] },
    { kind: 'sum', products: [], plus: [17], minus: [18], flags: [] },
    { kind: 'assertZero', of: 21 },
  ],
  wires: [0, 6, 7, 16, 17, 19, 20],
};
const file = writeWitnessGraph(graph);
const signals = { x: toFr(5n), y: [toFr(7n), toFr(11n)] };
const badFile = expect.objectContaining({ code: 'key.bad_file' });

it('reads what it writes', async () => {
  const program = await loadWitnessGraph(file);
  const value = 300n * 5n + 77n + 5n - 1n - 7n;
  expect(program.wireCount).toBe(graph.wires.length);
  expect(program.calculateFirst(3, signals)).toEqual([1n, value, 1n]);
  expect(program.calculate(signals).slice(5)).toEqual([value / 12n, FIELD_ORDER - 3n]);
  expect(program.calculateBytes(signals).length).toBe(32 * graph.wires.length);
  // y[1] has more than nine bits; x divides what it does not.
  for (const refused of [
    { ...signals, y: [toFr(7n), toFr(512n)] },
    { ...signals, x: toFr(0n) },
  ]) {
    expect(() => program.assertSatisfied(refused)).toThrow(
      expect.objectContaining({ code: 'prove.unsatisfied' }),
    );
  }
});

it('refuses every truncation, what is longer, and other files', async () => {
  for (let length = 0; length < file.length; length++) {
    await expect(loadWitnessGraph(file.subarray(0, length))).rejects.toThrow(badFile);
  }
  await expect(loadWitnessGraph(Uint8Array.of(...file, 0))).rejects.toThrow(badFile);
  const tiny = await tinyCircuit();
  for (const other of [tiny.r1cs, tiny.wasm, tiny.zkey]) {
    await expect(loadWitnessGraph(other)).rejects.toThrow(badFile);
  }
});

it('a corrupt file is refused, or makes some witness or none: it neither crashes nor hangs', async () => {
  const property = fc.asyncProperty(
    fc.array(
      fc.tuple(fc.nat(file.length - 1), fc.oneof(fc.nat(255), fc.constantFrom(0x80, 0xff))),
      { minLength: 1, maxLength: 4 },
    ),
    async (changes) => {
      const corrupt = file.slice();
      for (const [at, byte] of changes) corrupt[at] = byte;
      const program = await loadWitnessGraph(corrupt).catch((error: unknown) => {
        expect(error).toEqual(badFile);
      });
      // Names may have changed: whatever comes out, it is a witness or a code.
      if (program) outcomeOf(program, signals);
    },
  );
  await fc.assert(property, { numRuns: 1500 });
});

it.each<[string, (graph: WitnessGraph) => WitnessGraph]>([
  ['an operand not yet there', with_({ kind: 'isZero', of: 22 })],
  ['too many products', with_({ ...sum, products: new Array(7).fill([3, 4]) })],
  ['too many summands', with_({ ...sum, plus: new Array(LIMITS.summands + 1).fill(4) })],
  ['too many bits', with_({ kind: 'bits', of: 3, count: 255 })],
  ['a division by the number 0', with_({ kind: 'floor', of: 3, by: 0 })],
  ['a divisor too large', with_({ kind: 'floor', of: 3, by: LIMITS.divisor + 1 })],
  ['a constant that is no field element', (g) => ({ ...g, constants: [1n, FIELD_ORDER, 2n] })],
  ['another first constant', (g) => ({ ...g, constants: [2n, 1n, 3n] })],
  ['a wire without a slot', (g) => ({ ...g, wires: [0, 22] })],
  ['another first wire', (g) => ({ ...g, wires: [6] })],
  ['no wires', (g) => ({ ...g, wires: [] })],
  ['an input twice', (g) => ({ ...g, inputs: new Array(3).fill({ name: 'x', size: 1 }) })],
])('refuses %s', async (_, change) => {
  await expect(loadWitnessGraph(writeWitnessGraph(change(graph)))).rejects.toThrow(badFile);
});

it('refuses more slots than it bears, however few bytes say so', async () => {
  const huge = sectionChanged(GRAPH_SECTION.header, (header) => {
    new DataView(header.buffer).setUint32(32, 2 ** 32 - 1, true);
    return header;
  });
  await expect(loadWitnessGraph(huge)).rejects.toThrow(badFile);
  const writer = new VarintWriter();
  writer.write(1, 1);
  writer.writeBytes(Uint8Array.of(120));
  writer.write(LIMITS.inputSize + 1);
  const inputs = sectionChanged(GRAPH_SECTION.inputs, () => writer.finish());
  await expect(loadWitnessGraph(inputs)).rejects.toThrow(badFile);
});

function with_(operation: Operation) {
  return (whole: WitnessGraph): WitnessGraph => ({
    ...whole,
    operations: [...whole.operations, operation],
  });
}

function sectionChanged(id: number, change: (section: Uint8Array) => Uint8Array): Uint8Array {
  const sections = [...readSections(file, GRAPH_MAGIC, GRAPH_VERSION)];
  return writeSections(
    GRAPH_MAGIC,
    GRAPH_VERSION,
    sections.map(([key, bytes]) => [key, key === id ? change(bytes.slice()) : bytes]),
  );
}
