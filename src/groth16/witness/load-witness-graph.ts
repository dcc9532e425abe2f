import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Signals } from '../../statements/define-statement.ts';
import { readUint256, writeUint256 } from '../bin-file.ts';
import type { WitnessProgram } from '../witness-program.ts';
import { assertAllGiven, flatInput } from './flat-inputs.ts';
import type { GraphInput } from './graph-format.ts';
import { witnessKernel } from './kernel.ts';
import { INTEGER_BYTES, placeGraph } from './place-graph.ts';
import { readGraphFile } from './read-graph.ts';

/**
 * Loads a compiled witness graph: the same wires as circom's program, several times quicker, from a
 * file a tenth of its size.
 * @throws key.bad_file
 */
export async function loadWitnessGraph(file: Uint8Array): Promise<WitnessProgram> {
  const graph = readGraphFile(file);
  const kernel = await witnessKernel();
  const places = placeGraph(kernel, graph);
  const { wireCount, inputSize } = graph;
  const inputs = inputPlaces(graph.inputs);

  const assertSatisfied = (signals: Signals): void => {
    const view = new DataView(kernel.memory.buffer, places.exchange);
    assertAllGiven(writeInputs(view, inputs, signals), inputSize);
    kernel.load256(places.exchange, inputSize, places.firstInput);
    const { program, programEnd, firstResult, scratch } = places;
    if (kernel.run(program, programEnd, firstResult, scratch) !== 0) {
      throw new CanbaoError('prove.unsatisfied', { reason: 'a constraint is not met' });
    }
  };
  const calculateBytes = (signals: Signals): Uint8Array => {
    assertSatisfied(signals);
    kernel.store256(places.wires, wireCount, places.exchange);
    return new Uint8Array(kernel.memory.buffer, places.exchange, INTEGER_BYTES * wireCount).slice();
  };
  const calculateFirst = (most: number, signals: Signals): bigint[] => {
    assertSatisfied(signals);
    const count = Math.min(most, wireCount);
    kernel.store256(places.wires, count, places.exchange);
    const view = new DataView(kernel.memory.buffer, places.exchange);
    return Array.from({ length: count }, (_, wire) => readUint256(view, INTEGER_BYTES * wire));
  };
  return {
    wireCount,
    assertSatisfied,
    calculateBytes,
    calculateFirst,
    calculate: (signals) => calculateFirst(wireCount, signals),
  };
}

/** By name: how many elements an input has, and where they begin among all. */
type InputPlaces = ReadonlyMap<string, { readonly start: number; readonly size: number }>;

function inputPlaces(inputs: readonly GraphInput[]): InputPlaces {
  const places = new Map<string, { start: number; size: number }>();
  let start = 0;
  for (const { name, size } of inputs) {
    places.set(name, { start, size });
    start += size;
  }
  return places;
}

/** @returns how many elements were given */
function writeInputs(view: DataView, places: InputPlaces, signals: Signals): number {
  let given = 0;
  for (const [name, value] of Object.entries(signals)) {
    const place = places.get(name);
    const flat = flatInput(name, value, place?.size ?? -1);
    const start = INTEGER_BYTES * (place?.start ?? 0);
    for (const [position, item] of flat.entries()) {
      writeUint256(view, start + INTEGER_BYTES * position, item);
    }
    given += flat.length;
  }
  return given;
}
