import { loadWitnessProgram, type WitnessProgram } from '../witness-program.ts';
import { loadWitnessGraph } from './load-witness-graph.ts';

/** One of them serves; the graph is the quicker one. */
export interface WitnessFiles {
  readonly wasm: Uint8Array;
  readonly graph?: Uint8Array | undefined;
}

const loadedGraph = onceEach(loadWitnessGraph);
const loadedProgram = onceEach(loadWitnessProgram);

/**
 * What makes a circuit's witnesses: its graph where it has one, else circom's program. Each file is
 * loaded once.
 * @throws key.bad_file
 */
export function loadWitness({ wasm, graph }: WitnessFiles): Promise<WitnessProgram> {
  return graph ? loadedGraph(graph) : loadedProgram(wasm);
}

function onceEach(load: (file: Uint8Array) => Promise<WitnessProgram>): typeof load {
  const loaded = new WeakMap<Uint8Array, Promise<WitnessProgram>>();
  return (file) => {
    const program = loaded.get(file) ?? load(file);
    loaded.set(file, program);
    return program;
  };
}
