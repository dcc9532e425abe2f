import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { loadWitnessProgram, type WitnessProgram } from '../witness-program.ts';
import { loadWitnessGraph } from './load-witness-graph.ts';

/** One of them serves; the graph is the quicker one. */
export interface WitnessFiles {
  readonly wasm?: Uint8Array | undefined;
  readonly graph?: Uint8Array | undefined;
}

const loadedGraph = onceEach(loadWitnessGraph);
const loadedProgram = onceEach(loadWitnessProgram);

/**
 * What makes a circuit's witnesses: its graph where it has one, else circom's program. Each file is
 * loaded once.
 * @throws key.bad_file
 */
export async function loadWitness({ wasm, graph }: WitnessFiles): Promise<WitnessProgram> {
  if (graph) return loadedGraph(graph);
  if (wasm) return loadedProgram(wasm);
  throw new CanbaoError('key.bad_file', { kind: 'witness program', reason: 'there is none' });
}

function onceEach(load: (file: Uint8Array) => Promise<WitnessProgram>): typeof load {
  const loaded = new WeakMap<Uint8Array, Promise<WitnessProgram>>();
  return (file) => {
    const program = loaded.get(file) ?? load(file);
    loaded.set(file, program);
    return program;
  };
}
