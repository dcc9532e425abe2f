import { utf8ToBytes } from '@noble/hashes/utils.js';
import { FIELD_ORDER } from '../../core/field.ts';
import { viewOf, writeSections, writeUint256 } from '../bin-file.ts';
import {
  CODE,
  GRAPH_MAGIC,
  GRAPH_SECTION,
  GRAPH_VERSION,
  type GraphInput,
  type Operation,
  type SumShape,
  type WitnessGraph,
} from './graph-format.ts';
import { VarintWriter, zigzag } from './varint.ts';

/**
 * The file of a witness graph: constants as 32 bytes, the rest in varints. An operand is told by how
 * many slots it lies before the one being filled, a constant by its distance to the constant before.
 */
export function writeWitnessGraph(graph: WitnessGraph): Uint8Array {
  const { inputs, constants, operations, wires } = graph;
  const inputSize = inputs.reduce((sum, { size }) => sum + size, 0);
  const body = writeOperations(operations, constants.length, constants.length + inputSize);
  return writeSections(GRAPH_MAGIC, GRAPH_VERSION, [
    [GRAPH_SECTION.header, header(graph, body)],
    [GRAPH_SECTION.inputs, writeInputs(inputs)],
    [GRAPH_SECTION.constants, integers(constants)],
    [GRAPH_SECTION.shapes, body.shapes],
    [GRAPH_SECTION.operations, body.bytes],
    [GRAPH_SECTION.wires, writeWires(wires)],
  ]);
}

function header(
  { operations, wires }: WitnessGraph,
  { slots, words }: { slots: number; words: number },
): Uint8Array {
  const bytes = new Uint8Array(32 + 4 * 4);
  const view = viewOf(bytes);
  writeUint256(view, 0, FIELD_ORDER);
  view.setUint32(32, slots, true);
  view.setUint32(36, operations.length, true);
  view.setUint32(40, words, true);
  view.setUint32(44, wires.length, true);
  return bytes;
}

function writeInputs(inputs: readonly GraphInput[]): Uint8Array {
  const writer = new VarintWriter();
  writer.write(inputs.length);
  for (const { name, size } of inputs) {
    const bytes = utf8ToBytes(name);
    writer.write(bytes.length);
    writer.writeBytes(bytes);
    writer.write(size);
  }
  return writer.finish();
}

function integers(values: readonly bigint[]): Uint8Array {
  const bytes = new Uint8Array(32 * values.length);
  for (const [i, value] of values.entries()) writeUint256(viewOf(bytes), 32 * i, value);
  return bytes;
}

function writeWires(wires: readonly number[]): Uint8Array {
  const writer = new VarintWriter();
  let before = 0;
  for (const slot of wires) {
    writer.write(zigzag(slot - before));
    before = slot;
  }
  return writer.finish();
}

function writeOperations(operations: readonly Operation[], constants: number, firstSlot: number) {
  const writer = new VarintWriter();
  const shapes = new Map<string, { number: number; shape: SumShape }>();
  let slot = firstSlot;
  let lastConstant = 0;
  const reference = (operand: number) => writer.write(slot - operand);
  const constant = (operand: number) => {
    writer.write(zigzag(operand - lastConstant));
    lastConstant = operand;
  };
  const sum = (operation: Operation & { kind: 'sum' }) => {
    const isConstant = (operand: number) => operand < constants;
    const scaled = operation.products.filter(([x]) => isConstant(x));
    const products = operation.products.filter(([x]) => !isConstant(x));
    const added = operation.plus.filter(isConstant);
    const plus = operation.plus.filter((operand) => !isConstant(operand));
    const shape: SumShape = {
      scaled: scaled.length,
      products: products.length,
      constants: added.length,
      plus: plus.length,
      minus: operation.minus.length,
      flags: operation.flags.length,
    };
    const key = JSON.stringify(shape);
    const known = shapes.get(key) ?? { number: shapes.size, shape };
    shapes.set(key, known);
    writer.write(CODE.sum + known.number);
    for (const [x, y] of scaled) {
      constant(x);
      reference(y);
    }
    for (const [x, y] of products) {
      reference(x);
      reference(y);
    }
    added.forEach(constant);
    plus.forEach(reference);
    operation.minus.forEach(reference);
    for (const [weight, flag] of operation.flags) {
      constant(weight);
      reference(flag);
    }
    slot++;
  };
  for (const operation of operations) {
    if (operation.kind === 'sum') {
      sum(operation);
      continue;
    }
    writer.write(CODE[operation.kind]);
    if (operation.kind === 'divide') {
      writer.write(operation.pairs.length);
      operation.pairs.flat().forEach(reference);
      slot += operation.pairs.length;
      continue;
    }
    reference(operation.of);
    if (operation.kind === 'bits') {
      writer.write(operation.count);
      slot += operation.count;
    } else if (operation.kind === 'floor') {
      writer.write(operation.by);
      slot++;
    } else if (operation.kind === 'isZero') {
      slot++;
    }
  }
  const shapeWriter = new VarintWriter();
  for (const { shape } of shapes.values()) {
    const { scaled, products, constants: added, plus, minus, flags } = shape;
    shapeWriter.write(scaled, products, added, plus, minus, flags);
  }
  const words = operations.reduce((total, operation) => total + wordsOf(operation), 0);
  return { bytes: writer.finish(), shapes: shapeWriter.finish(), slots: slot, words };
}

/** What the kernel makes of an operation. */
function wordsOf(operation: Operation): number {
  switch (operation.kind) {
    case 'sum': {
      const { products, plus, minus, flags } = operation;
      return 5 + 2 * products.length + plus.length + minus.length + 2 * flags.length;
    }
    case 'divide':
      return 2 + 2 * operation.pairs.length;
    case 'bits':
    case 'floor':
      return 3;
    default:
      return 2;
  }
}
