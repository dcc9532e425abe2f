import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { loadWitnessGraph } from '../../src/groth16/witness/load-witness-graph.ts';
import { loadWitnessProgram, type WitnessProgram } from '../../src/groth16/witness-program.ts';
import { compileWitnessGraph } from '../../src/keys/witness-graph/compile-witness-graph.ts';

const require = createRequire(import.meta.url);

/** A circuit's two ways to a witness. */
export interface GraphCircuit {
  readonly r1cs: Uint8Array;
  readonly wasm: Uint8Array;
  readonly circom: WitnessProgram;
  /** The graph's file and its program; undefined where the compiler leaves the circuit to circom. */
  readonly file: Uint8Array | undefined;
  readonly graph: WitnessProgram | undefined;
}

/** Compiles a circom source text as a build does a statement: with full simplification, and without any. */
export async function graphCircuit(source: string): Promise<GraphCircuit> {
  const folder = await mkdtemp(join(tmpdir(), 'canbao-graph-'));
  try {
    await writeFile(join(folder, 'main.circom'), source);
    const circuits = join(require.resolve('circomlib/package.json'), '..', 'circuits');
    await cp(circuits, join(folder, 'circomlib'), { recursive: true });
    const circom = (...flags: readonly string[]) =>
      promisify(execFile)(
        process.execPath,
        [require.resolve('circom2/cli.js'), 'main.circom', '-l', 'circomlib', ...flags],
        { cwd: folder },
      );
    await circom('--r1cs', '--wasm', '--sym', '--O2');
    const r1cs = await readFile(join(folder, 'main.r1cs'));
    const symbols = await readFile(join(folder, 'main.sym'), 'utf8');
    await circom('--r1cs', '--O0');
    const unsimplified = await readFile(join(folder, 'main.r1cs'));
    const wasm = await readFile(join(folder, 'main_js', 'main.wasm'));
    const file = compileWitnessGraph({ r1cs, unsimplified, symbols });
    return {
      ...{ r1cs, wasm, file },
      circom: await loadWitnessProgram(wasm),
      graph: file && (await loadWitnessGraph(file)),
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
