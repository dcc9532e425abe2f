import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GRAPH_MAGIC, GRAPH_VERSION } from '../groth16/witness/graph-format.ts';
import { runCircom } from './run-circom.ts';
import { compileWitnessGraph } from './witness-graph/compile-witness-graph.ts';

/** Compiles the graph of a main circuit into the folder. */
export type MakeGraph = (statement: string, main: string) => Promise<void>;

const FILE = 'circuit.graph';

/**
 * The witness graph of a compiled circuit, made once and kept beside it; made anew where this program
 * writes another version. An empty file says that the circuit has none.
 * @param making runs what it is given, when there is something to make
 */
export async function circuitGraph(
  folder: string,
  making: (make: MakeGraph) => Promise<void>,
): Promise<Uint8Array | undefined> {
  const kept = await current(folder);
  if (kept) return kept.length > 0 ? kept : undefined;
  await making((statement, main) => makeGraph(folder, statement, main));
  const made = await readFile(join(folder, FILE));
  return made.length > 0 ? made : undefined;
}

async function current(folder: string): Promise<Uint8Array | undefined> {
  const file = await readFile(join(folder, FILE)).catch(() => undefined);
  if (!file || file.length === 0) return file;
  const isOurs =
    file.length > 8 &&
    file.subarray(0, 4).toString() === GRAPH_MAGIC &&
    file.readUInt32LE(4) === GRAPH_VERSION;
  return isOurs ? file : undefined;
}

/** Written aside and renamed, so that a file cut short is never taken for whole. */
async function makeGraph(folder: string, statement: string, main: string): Promise<void> {
  const scratch = await mkdtemp(join(dirname(folder), 'graph-'));
  try {
    await runCircom(statement, main, scratch, ['--r1cs', '--O0']);
    const graph = compileWitnessGraph({
      r1cs: await readFile(join(folder, 'circuit.r1cs')),
      unsimplified: await readFile(join(scratch, `${statement}.r1cs`)),
      symbols: await readFile(join(folder, 'circuit.sym'), 'utf8'),
    });
    await writeFile(join(scratch, FILE), graph ?? new Uint8Array());
    await rename(join(scratch, FILE), join(folder, FILE));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
