import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { FIELD_ORDER } from '../../core/field.ts';
import { readSections, readUint256, type Sections, viewOf } from '../bin-file.ts';
import {
  CODE,
  GRAPH_MAGIC,
  GRAPH_SECTION,
  GRAPH_VERSION,
  type GraphInput,
  LIMITS,
  type SumShape,
} from './graph-format.ts';
import { badGraph, unzigzag, VarintReader } from './varint.ts';

/** A witness graph as the kernel runs it. */
export interface LoadedGraph {
  readonly inputs: readonly GraphInput[];
  /** Integers of 32 bytes, little-endian. */
  readonly constants: Uint8Array;
  readonly slots: number;
  /** The kernel's words: kinds, counts, and addresses of slots. */
  readonly program: Uint32Array;
  /** The address of each wire's slot. */
  readonly wires: Uint32Array;
  /** Pairs in the largest division. */
  readonly largestDivision: number;
}

const HEADER_BYTES = 32 + 3 * 4;
const ELEMENT_BYTES = 36;
/** The kernel's kinds of operations. */
const KIND = { sum: 0, divide: 1, bits: 2, isZero: 3, floor: 4, assertZero: 5 } as const;

/**
 * Reads a witness graph strictly: every operand is a slot filled before, every count within what the
 * kernel bears, nothing is left over.
 * @param slotBase where the first slot will lie in the kernel's memory
 * @throws key.bad_file
 */
export function readWitnessGraph(file: Uint8Array, slotBase: number): LoadedGraph {
  const sections = readSections(file, GRAPH_MAGIC, GRAPH_VERSION);
  const header = section(sections, GRAPH_SECTION.header);
  if (header.length !== HEADER_BYTES) throw badGraph('its header has another length');
  const view = viewOf(header);
  if (readUint256(view, 0) !== FIELD_ORDER) throw badGraph('it is over another field');
  const slots = view.getUint32(32, true);
  const wireCount = view.getUint32(40, true);
  if (slots > LIMITS.slots) throw badGraph('it has too many slots');

  const inputs = readInputs(new VarintReader(section(sections, GRAPH_SECTION.inputs)));
  const constants = section(sections, GRAPH_SECTION.constants);
  checkConstants(constants);
  const constantCount = constants.length / 32;
  const firstSlot = constantCount + inputs.reduce((sum, { size }) => sum + size, 0);
  const { program, largestDivision, end } = readOperations(
    new VarintReader(section(sections, GRAPH_SECTION.operations)),
    readShapes(new VarintReader(section(sections, GRAPH_SECTION.shapes))),
    { slotBase, constantCount, firstSlot, slots, operations: view.getUint32(36, true) },
  );
  if (end !== slots) throw badGraph('it fills another number of slots');
  const wires = readWires(section(sections, GRAPH_SECTION.wires), wireCount, slots, slotBase);
  return { inputs, constants, slots, program, wires, largestDivision };
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
      throw new CanbaoError('key.bad_file', { kind: 'witness graph', reason: 'a name' }, cause);
    }
    if (names.has(name)) throw badGraph('an input occurs twice');
    names.add(name);
    inputs.push({ name, size: reader.read(LIMITS.inputSize) });
  }
  reader.end();
  if (inputs.reduce((sum, { size }) => sum + size, 0) > LIMITS.inputSize) {
    throw badGraph('it has too many inputs');
  }
  return inputs;
}

function checkConstants(bytes: Uint8Array): void {
  if (bytes.length % 32 !== 0) throw badGraph('a constant is cut short');
  const view = viewOf(bytes);
  for (let at = 0; at < bytes.length; at += 32) {
    if (readUint256(view, at) >= FIELD_ORDER) throw badGraph('a constant is out of range');
  }
  if (bytes.length === 0 || readUint256(view, 0) !== 1n)
    throw badGraph('its first constant is not 1');
}

function readShapes(reader: VarintReader): SumShape[] {
  const shapes: SumShape[] = [];
  while (!reader.isAtEnd) {
    const scaled = reader.read(LIMITS.products);
    const products = reader.read(LIMITS.products - scaled);
    const constants = reader.read(1);
    const plus = reader.read(LIMITS.summands);
    const minus = reader.read(LIMITS.summands);
    shapes.push({ scaled, products, constants, plus, minus, flags: reader.read(LIMITS.summands) });
  }
  return shapes;
}

interface Layout {
  readonly slotBase: number;
  readonly constantCount: number;
  readonly firstSlot: number;
  readonly slots: number;
  readonly operations: number;
}

function readOperations(reader: VarintReader, shapes: readonly SumShape[], layout: Layout) {
  const { slotBase, constantCount, firstSlot, slots, operations } = layout;
  const words: number[] = [];
  let next = firstSlot;
  let lastConstant = 0;
  let largestDivision = 0;
  const addressOf = (slot: number) => slotBase + ELEMENT_BYTES * slot;
  const reference = () => {
    const slot = next - reader.read(next);
    if (slot === next) throw badGraph('an operand is not there yet');
    words.push(addressOf(slot));
  };
  const constant = () => {
    lastConstant += unzigzag(reader.read(2 * constantCount));
    if (lastConstant < 0 || lastConstant >= constantCount)
      throw badGraph('there is no such constant');
    words.push(addressOf(lastConstant));
  };
  const fill = (count: number) => {
    next += count;
    if (next > slots) throw badGraph('it fills more slots than it says');
  };
  const sum = (shape: SumShape | undefined) => {
    if (!shape) throw badGraph('there is no such operation');
    const { scaled, products, constants, plus, minus, flags } = shape;
    words.push(KIND.sum, scaled + products, constants + plus, minus, flags);
    for (let i = 0; i < scaled; i++) {
      constant();
      reference();
    }
    for (let i = 0; i < 2 * products; i++) reference();
    for (let i = 0; i < constants; i++) constant();
    for (let i = 0; i < plus + minus; i++) reference();
    for (let i = 0; i < flags; i++) {
      constant();
      reference();
    }
    fill(1);
  };
  for (let i = 0; i < operations; i++) {
    const code = reader.read(CODE.sum + shapes.length);
    if (code >= CODE.sum) {
      sum(shapes[code - CODE.sum]);
    } else if (code === CODE.divide) {
      const count = reader.read(slots);
      words.push(KIND.divide, count);
      for (let operand = 0; operand < 2 * count; operand++) reference();
      fill(count);
      largestDivision = Math.max(largestDivision, count);
    } else if (code === CODE.bits) {
      words.push(KIND.bits);
      reference();
      const count = reader.read(LIMITS.bits);
      words.push(count);
      fill(count);
    } else if (code === CODE.floor) {
      words.push(KIND.floor);
      reference();
      const by = reader.read(LIMITS.divisor);
      if (by === 0) throw badGraph('a divisor is 0');
      words.push(by);
      fill(1);
    } else {
      words.push(code === CODE.isZero ? KIND.isZero : KIND.assertZero);
      reference();
      if (code === CODE.isZero) fill(1);
    }
  }
  reader.end();
  return { program: Uint32Array.from(words), largestDivision, end: next };
}

function readWires(bytes: Uint8Array, count: number, slots: number, slotBase: number): Uint32Array {
  if (count === 0 || count > bytes.length) throw badGraph('it has another number of wires');
  const reader = new VarintReader(bytes);
  const wires = new Uint32Array(count);
  let slot = 0;
  for (let wire = 0; wire < count; wire++) {
    slot += unzigzag(reader.read(2 * slots));
    if (slot < 0 || slot >= slots) throw badGraph('there is no such slot');
    wires[wire] = slotBase + ELEMENT_BYTES * slot;
  }
  reader.end();
  if (wires[0] !== slotBase) throw badGraph('its first wire is not 1');
  return wires;
}
