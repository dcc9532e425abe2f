import type { WitnessKernel } from './kernel.ts';
import type { GraphFile } from './read-graph.ts';
import { badGraph } from './varint.ts';

export const INTEGER_BYTES = 32;
const ELEMENT_BYTES = 36;
const WORD_BYTES = 4;
const SHAPE_WORDS = 6;
const PAGE_BYTES = 65_536;

/** Where in the kernel's memory the parts of a graph lie. */
export interface GraphPlaces {
  readonly firstInput: number;
  readonly firstResult: number;
  readonly program: number;
  readonly programEnd: number;
  /** Addresses of the wires' slots. */
  readonly wires: number;
  /** Integers on their way in or out. */
  readonly exchange: number;
  /** Working space of divisions. */
  readonly scratch: number;
}

/**
 * Decodes a graph into the kernel's memory: its slots, wires and program, room for integers, scratch.
 * @throws key.bad_file
 */
export function placeGraph(kernel: WitnessKernel, graph: GraphFile): GraphPlaces {
  const { constants, inputSize, slots, words, shapes, operations, wireCount } = graph;
  const slotBase = kernel.heapBase();
  const constantCount = constants.length / INTEGER_BYTES;
  const wires = slotBase + ELEMENT_BYTES * slots;
  const program = wires + WORD_BYTES * wireCount;
  const exchange = program + WORD_BYTES * words;
  const shapeBytes = WORD_BYTES * shapes.length;
  const scratch =
    exchange +
    Math.max(
      ...[constants.length, INTEGER_BYTES * inputSize, INTEGER_BYTES * wireCount],
      ...[shapeBytes + operations.length, graph.wires.length],
    );
  reserve(kernel, scratch);

  put(kernel, exchange, constants);
  if (!kernel.load256(exchange, constantCount, slotBase)) throw badGraph('a constant is ≥ r');
  put(kernel, exchange, graph.wires);
  if (!kernel.decodeWires(exchange, graph.wires.length, slotBase, slots, wireCount, wires)) {
    throw badGraph('its wires are not well formed');
  }
  put(kernel, exchange, new Uint8Array(Uint32Array.from(shapes).buffer));
  put(kernel, exchange + shapeBytes, operations);
  const end = kernel.decode(
    ...([exchange + shapeBytes, operations.length, exchange, shapes.length / SHAPE_WORDS] as const),
    ...([slotBase, constantCount, constantCount + inputSize, slots] as const),
    ...([graph.operationCount, program, exchange] as const),
  );
  if (end === 0) throw badGraph('its operations are not well formed');
  reserve(kernel, scratch + ELEMENT_BYTES * kernel.largestDivision());

  const firstInput = slotBase + ELEMENT_BYTES * constantCount;
  const firstResult = firstInput + ELEMENT_BYTES * inputSize;
  return { firstInput, firstResult, program, programEnd: end, wires, exchange, scratch };
}

function put({ memory }: WitnessKernel, at: number, bytes: Uint8Array): void {
  new Uint8Array(memory.buffer, at, bytes.length).set(bytes);
}

function reserve({ memory }: WitnessKernel, end: number): void {
  const missing = end - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
}
