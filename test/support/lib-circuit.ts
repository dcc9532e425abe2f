import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { loadWitnessGraph } from '../../src/groth16/witness/load-witness-graph.ts';
import { loadWitnessProgram, type WitnessProgram } from '../../src/groth16/witness-program.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { compileWitnessGraph } from '../../src/keys/witness-graph/compile-witness-graph.ts';

const require = createRequire(import.meta.url);

/** A template of `circuits/lib` compiled alone, every output public. */
export interface LibCircuit {
  readonly program: WitnessProgram;
  readonly r1cs: Uint8Array;
  /** Wire number by signal name, without `main.`. */
  readonly wires: ReadonlyMap<string, number>;
}

const built = new Map<string, Promise<LibCircuit>>();

export interface LibCircuitOptions {
  /** Not simplified, witnesses from a graph of the constraints: many times quicker to use. */
  readonly withGraph?: boolean;
}

/** `libCircuit('compare/is-at-least.circom', 'IsAtLeast(12)')`; compiled once a test file. */
export function libCircuit(
  include: string,
  instance: string,
  options: LibCircuitOptions = {},
): Promise<LibCircuit> {
  const known = built.get(instance);
  if (known) return known;
  const fresh = compileTemplate(include, instance, options);
  built.set(instance, fresh);
  return fresh;
}

async function compileTemplate(
  include: string,
  instance: string,
  { withGraph = false }: LibCircuitOptions,
): Promise<LibCircuit> {
  // The compiler (a WASI program) opens only what lies below its folder.
  const builds = join(packageRoot, 'build');
  await mkdir(builds, { recursive: true });
  const folder = await mkdtemp(join(builds, 'test-circuit-'));
  const path = (file: string) => relative(packageRoot, join(folder, file));
  try {
    const source = `pragma circom 2.2.0;\ninclude "${include}";\ncomponent main = ${instance};\n`;
    await writeFile(join(folder, 'main.circom'), source);
    const libraries = [
      'circuits',
      'circuits/lib',
      'circuits/generated',
      'node_modules/circomlib/circuits',
    ];
    const compile = (...flags: readonly string[]) =>
      promisify(execFile)(
        process.execPath,
        [
          require.resolve('circom2/cli.js'),
          path('main.circom'),
          ...['--r1cs', '--sym', ...flags, '-o', path('.')],
          ...libraries.flatMap((library) => ['-l', library]),
        ],
        { cwd: packageRoot },
      );
    const read = (file: string) => readFile(join(folder, file));
    await (withGraph ? compile('--O0') : compile('--wasm', '--O2'));
    const r1cs = await read('main.r1cs');
    const symbols = await readFile(join(folder, 'main.sym'), 'utf8');
    const load = async () => {
      if (!withGraph) return loadWitnessProgram(await read('main_js/main.wasm'));
      const graph = compileWitnessGraph({ r1cs, unsimplified: r1cs, symbols });
      if (!graph) throw new Error(`${instance} has no graph`);
      return loadWitnessGraph(graph);
    };
    return { program: await load(), r1cs, wires: parseSymbols(symbols) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** circom's symbol table: `label,wire,component,name`; wire −1 = simplified away. */
export function parseSymbols(text: string): Map<string, number> {
  const wires = new Map<string, number>();
  for (const line of text.trim().split('\n')) {
    const [, wire, , name] = line.split(',');
    if (wire !== undefined && name !== undefined)
      wires.set(name.replace(/^main\./, ''), Number(wire));
  }
  return wires;
}

/** The value of an output by name. */
export function output(circuit: LibCircuit, witness: readonly bigint[], name: string): bigint {
  const value = witness[circuit.wires.get(name) ?? -1];
  if (value === undefined) throw new Error(`no signal ${name}`);
  return value;
}
