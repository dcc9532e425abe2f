import { loadWitnessProgram, type WitnessProgram } from '../witness-program.ts';
import { loadWitnessGraph } from './load-witness-graph.ts';

/** One of them serves; the graph is the quicker one. */
export interface WitnessFiles {
  readonly wasm: Uint8Array;
  readonly graph?: Uint8Array | undefined;
}

const loaded = new WeakMap<Uint8Array, Promise<WitnessProgram>>();

/** The witness program of a circuit: its graph where it has one, else circom's. Each file is loaded once. @throws key.bad_file */
export function loadWitness({ wasm, graph }: WitnessFiles): Promise<WitnessProgram> {
  const file = graph ?? wasm;
  const known = loaded.get(file);
  if (known) return known;
  const fresh = graph ? loadWitnessGraph(graph) : loadWitnessProgram(wasm);
  loaded.set(file, fresh);
  return fresh;
}
