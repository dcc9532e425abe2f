import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { FIELD_ORDER } from '../../core/field.ts';
import { readSections, readUint256, type Sections, viewOf } from '../bin-file.ts';
import {
  GRAPH_MAGIC,
  GRAPH_SECTION,
  GRAPH_VERSION,
  type GraphInput,
  LIMITS,
} from './graph-format.ts';
import { badGraph, VarintReader } from './varint.ts';

/** A witness graph file whose sections are checked, save those that the kernel decodes. */
export interface GraphFile {
  readonly inputs: readonly GraphInput[];
  /** Of all inputs together. */
  readonly inputSize: number;
  /** Integers in [0, r) of 32 bytes, little-endian. */
  readonly constants: Uint8Array;
  /** Six numbers each. */
  readonly shapes: readonly number[];
  readonly slots: number;
  readonly operationCount: number;
  /** Words that the kernel makes of the operations. */
  readonly words: number;
  readonly operations: Uint8Array;
  readonly wireCount: number;
  readonly wires: Uint8Array;
}

const HEADER_BYTES = 32 + 4 * 4;
/** Of the kernel, a byte of the operations: a sum's number becomes its kind and four counts. */
const WORDS_PER_BYTE = 5;

/**
 * Reads the frame of a witness graph.
 * @throws key.bad_file
 */
export function readGraphFile(file: Uint8Array): GraphFile {
  const sections = readSections(file, GRAPH_MAGIC, GRAPH_VERSION);
  const header = section(sections, GRAPH_SECTION.header);
  if (header.length !== HEADER_BYTES) throw badGraph('its header has another length');
  const view = viewOf(header);
  if (readUint256(view, 0) !== FIELD_ORDER) throw badGraph('it is over another field');
  const slots = view.getUint32(32, true);
  const operationCount = view.getUint32(36, true);
  const words = view.getUint32(40, true);
  const wireCount = view.getUint32(44, true);
  const operations = section(sections, GRAPH_SECTION.operations);
  const wires = section(sections, GRAPH_SECTION.wires);
  if (slots > LIMITS.slots) throw badGraph('it has too many slots');
  if (words > WORDS_PER_BYTE * operations.length) throw badGraph('it has too few operations');
  if (wireCount === 0 || wireCount > wires.length) throw badGraph('it has too few wires');
  if (wires[0] !== 0) throw badGraph('its first wire is not 1');

  const constants = section(sections, GRAPH_SECTION.constants);
  if (constants.length % 32 !== 0) throw badGraph('a constant is cut short');
  if (constants.length === 0 || readUint256(viewOf(constants), 0) !== 1n) {
    throw badGraph('its first constant is not 1');
  }
  const inputs = readInputs(new VarintReader(section(sections, GRAPH_SECTION.inputs)));
  const inputSize = inputs.reduce((sum, { size }) => sum + size, 0);
  if (inputSize > LIMITS.inputSize) throw badGraph('it has too many inputs');
  if (constants.length / 32 + inputSize > slots) throw badGraph('it has too few slots');
  const shapes = readShapes(new VarintReader(section(sections, GRAPH_SECTION.shapes)));
  return {
    ...{ inputs, inputSize, constants, shapes, slots },
    ...{ operationCount, words, operations, wireCount, wires },
  };
}

function section(sections: Sections, id: number): Uint8Array {
  const found = sections.get(id);
  if (!found) throw badGraph('a section is missing');
  return found;
}

function readInputs(reader: VarintReader): GraphInput[] {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const count = reader.read(LIMITS.inputSize);
  const inputs: GraphInput[] = [];
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    const bytes = reader.readBytes(reader.read(256));
    let name: string;
    try {
      name = decoder.decode(bytes);
    } catch (cause) {
      throw new CanbaoError(
        'key.bad_file',
        { kind: 'witness graph', reason: 'a name is not UTF-8' },
        cause,
      );
    }
    if (names.has(name)) throw badGraph('an input occurs twice');
    names.add(name);
    inputs.push({ name, size: reader.read(LIMITS.inputSize) });
  }
  reader.end();
  return inputs;
}

/** In the order of `SumShape`. */
function readShapes(reader: VarintReader): number[] {
  const shapes: number[] = [];
  while (!reader.isAtEnd) {
    const scaled = reader.read(LIMITS.products);
    const products = reader.read(LIMITS.products - scaled);
    const constants = reader.read(1);
    const plus = reader.read(LIMITS.summands);
    const minus = reader.read(LIMITS.summands);
    shapes.push(scaled, products, constants, plus, minus, reader.read(LIMITS.summands));
  }
  return shapes;
}
