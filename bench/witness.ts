import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { gzipSync } from 'node:zlib';
import { loadWitnessGraph } from '../src/groth16/witness/load-witness-graph.ts';
import { loadWitnessProgram, type WitnessProgram } from '../src/groth16/witness-program.ts';
import { compiledCircuit } from '../src/keys/circuit-build.ts';
import type { Signals, Statement } from '../src/statements/define-statement.ts';
import { statementRegistry } from '../src/statements/registry.ts';
import { statementBench } from '../test/support/statement-witness.ts';
import { vectorsOf } from '../test/support/vectors.ts';

/**
 * `npm run bench -- witness`: a witness from the compiled graph against circom's program, in turns.
 * Times are medians; what is quoted is their ratio.
 */
export interface WitnessCosts {
  readonly statement: string;
  readonly graphBytes: number;
  readonly graphGzipBytes: number;
  readonly wasmBytes: number;
  /** Milliseconds of this run. */
  readonly graphWarm: number;
  readonly circomWarm: number;
  /** A process's first witness, loading included. */
  readonly graphFirst: number;
  readonly circomFirst: number;
}

const ROUNDS = 31;
const PROCESSES = 5;

export async function measureWitness(): Promise<WitnessCosts[]> {
  const rows: WitnessCosts[] = [];
  for (const statement of statementRegistry.all()) rows.push(await measure(statement));
  return rows;
}

async function measure(statement: Statement): Promise<WitnessCosts> {
  const { graph, wasm } = await compiledCircuit(statement.name);
  if (!graph) throw new Error(`${statement.name} has no witness graph`);
  const vector = vectorsOf(statement).find(({ reason }) => reason === undefined);
  if (!vector) throw new Error(`${statement.name} has no passing vector`);
  const inputs = (await statementBench(statement)).inputs(vector);
  const programs = [await loadWitnessGraph(graph), await loadWitnessProgram(wasm)] as const;
  const [graphWarm, circomWarm] = inTurns(programs, inputs);
  const [graphFirst, circomFirst] = firstCalls({ graph, wasm }, inputs);
  return {
    statement: statement.name,
    ...{ graphBytes: graph.length, graphGzipBytes: gzipSync(graph).length, wasmBytes: wasm.length },
    ...{ graphWarm, circomWarm, graphFirst, circomFirst },
  };
}

function inTurns(programs: readonly [WitnessProgram, WitnessProgram], inputs: Signals) {
  const times = programs.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, program] of programs.entries()) {
      const start = performance.now();
      program.calculateBytes(inputs);
      times[i]?.push(performance.now() - start);
    }
  }
  return [median(times[0] ?? []), median(times[1] ?? [])] as const;
}

function firstCalls(files: { graph: Uint8Array; wasm: Uint8Array }, inputs: Signals) {
  const folder = mkdtempSync(join(tmpdir(), 'canbao-bench-'));
  try {
    const [graph, wasm] = [join(folder, 'circuit.graph'), join(folder, 'circuit.wasm')];
    writeFileSync(graph, files.graph);
    writeFileSync(wasm, files.wasm);
    const signals = JSON.parse(
      JSON.stringify(inputs, (_, value) => (typeof value === 'bigint' ? value.toString() : value)),
    );
    const once = (task: object): number => {
      const path = join(import.meta.dirname, 'witness-first.ts');
      const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', path], {
        input: JSON.stringify(task),
        encoding: 'utf8',
      });
      if (!stdout) throw new Error(stderr);
      return Number(stdout);
    };
    const times = Array.from({ length: PROCESSES }, () => [
      once({ graph, wasm, signals }),
      once({ wasm, signals }),
    ]);
    return [
      median(times.map(([first]) => first ?? 0)),
      median(times.map(([, second]) => second ?? 0)),
    ] as const;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

export function witnessTable(rows: readonly WitnessCosts[]): string {
  const kb = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;
  const lines = rows.map((row) => {
    const { graphBytes, graphGzipBytes, wasmBytes } = row;
    const warm = (row.circomWarm / row.graphWarm).toFixed(1);
    const first = (row.circomFirst / row.graphFirst).toFixed(1);
    return `| \`${row.statement}\` | ${kb(graphBytes)} | ${kb(graphGzipBytes)} | ${kb(wasmBytes)} | ${warm} × | ${first} × |`;
  });
  return [
    '| statement | witness graph | gzipped | circom’s program | circom ÷ graph, warm | circom ÷ graph, first witness |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

export async function run(args: readonly string[]): Promise<unknown> {
  const rows = await measureWitness();
  if (!args.includes('--json')) console.log(witnessTable(rows));
  return rows;
}
