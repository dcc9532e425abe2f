import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as snarkjs from 'snarkjs';
import { chooseKernel } from '../src/groth16/engine/load-kernel.ts';
import { wasmProver } from '../src/groth16/engine/wasm-prover.ts';
import { writeWitness } from '../src/groth16/witness-file.ts';
import { loadWitnessProgram } from '../src/groth16/witness-program.ts';
import { type ColdFigures, coldProver } from './prove/cold.ts';
import { type ProvingCase, provingCase } from './prove/proving-case.ts';
import { measure, type Timing, timesFaster } from './timing.ts';

/**
 * `npm run bench -- prove`: whole proofs (inputs to proof) of the largest statement against snarkjs's
 * `groth16.fullProve`, warm in one process and cold in fresh ones, in turn; and rapidsnark where
 * `RAPIDSNARK` names its program.
 */
const STATEMENT = 'coverage@1';
const WARM_ROUNDS = 10;
const COLD_ROUNDS = 10;

export interface ProveFigures {
  readonly statement: string;
  readonly machine: string;
  readonly kernel: string;
  readonly warm: Readonly<Record<'snarkjs' | 'own' | 'ownWithTables' | 'ownOneThread', Timing>>;
  readonly warmFaster: Readonly<Record<string, ReturnType<typeof timesFaster>>>;
  readonly cold: Readonly<Record<'snarkjs' | 'own', ColdFigures>>;
  readonly coldFaster: { readonly byWall: number; readonly byCpu: number };
  /** Of a process with tables after three proofs. */
  readonly serverPeakMb: number;
  readonly rapidsnark?: Timing;
}

export async function measureProve(): Promise<ProveFigures> {
  const subject = await provingCase(STATEMENT);
  const { variant } = await chooseKernel();
  const warm = await measureWarm(subject);
  await using cold = await coldProver(subject);
  const samples: Record<'snarkjs' | 'own', ColdFigures[]> = { snarkjs: [], own: [] };
  for (let round = 0; round < COLD_ROUNDS; round++) {
    samples.snarkjs.push(await cold.run('snarkjs'));
    samples.own.push(await cold.run('wasm'));
  }
  const coldMedians = { snarkjs: medianOf(samples.snarkjs), own: medianOf(samples.own) };
  const { peakMb } = await cold.run('tables', 3);
  const rapidsnark = await measureRapidsnark(subject);
  return {
    statement: STATEMENT,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}`,
    kernel: variant,
    warm,
    warmFaster: {
      own: timesFaster(warm.snarkjs, warm.own),
      ownWithTables: timesFaster(warm.snarkjs, warm.ownWithTables),
      ownOneThread: timesFaster(warm.snarkjs, warm.ownOneThread),
    },
    cold: coldMedians,
    coldFaster: {
      byWall: coldMedians.snarkjs.ms / coldMedians.own.ms,
      byCpu: coldMedians.snarkjs.cpuMs / coldMedians.own.cpuMs,
    },
    serverPeakMb: peakMb,
    ...(rapidsnark ? { rapidsnark } : {}),
  };
}

async function measureWarm({ keys, signals }: ProvingCase) {
  const { artifacts } = keys;
  const { wasm, zkey } = await keys.snarkjsFiles();
  const provers = {
    own: wasmProver(),
    ownWithTables: wasmProver({ tables: true }),
    ownOneThread: wasmProver({ threads: 0 }),
  };
  const inputs = signals as Parameters<typeof snarkjs.groth16.fullProve>[0];
  const timings = await measure(WARM_ROUNDS, {
    snarkjs: () => snarkjs.groth16.fullProve(inputs, wasm, zkey),
    own: () => provers.own.prove({ ...artifacts, signals }),
    ownWithTables: () => provers.ownWithTables.prove({ ...artifacts, signals }),
    ownOneThread: () => provers.ownOneThread.prove({ ...artifacts, signals }),
  });
  for (const prover of Object.values(provers)) await prover.close();
  return timings;
}

async function measureRapidsnark({ keys, signals }: ProvingCase): Promise<Timing | undefined> {
  const program = process.env.RAPIDSNARK;
  if (!program) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'rapidsnark-'));
  try {
    const file = (name: string) => join(folder, name);
    const { wasm, zkey } = await keys.snarkjsFiles();
    const { calculateBytes } = await loadWitnessProgram(wasm);
    await writeFile(file('circuit.zkey'), zkey);
    await writeFile(file('witness.wtns'), writeWitness(calculateBytes(signals)));
    const args = ['circuit.zkey', 'witness.wtns', 'proof.json', 'public.json'].map(file);
    const { rapidsnark } = await measure(WARM_ROUNDS, {
      rapidsnark: () => promisify(execFile)(program, args),
    });
    return rapidsnark;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function medianOf(figures: readonly ColdFigures[]): ColdFigures {
  const middle = (of: (one: ColdFigures) => number) =>
    figures.map(of).sort((a, b) => a - b)[figures.length >> 1] ?? 0;
  return {
    ms: middle(({ ms }) => ms),
    cpuMs: middle(({ cpuMs }) => cpuMs),
    peakMb: middle(({ peakMb }) => peakMb),
  };
}

export async function run(args: readonly string[]): Promise<ProveFigures> {
  const figures = await measureProve();
  if (!args.includes('--json')) {
    const times = (value: number) => `${value.toFixed(1)} ×`;
    console.log(`${figures.statement}, kernel ${figures.kernel}, ${figures.machine}`);
    for (const [name, { wallMs, cpuMs }] of Object.entries(figures.warm)) {
      const faster = figures.warmFaster[name];
      console.log(
        `  warm ${name.padEnd(14)} ${wallMs.toFixed(0)} ms, CPU ${cpuMs.toFixed(0)} ms` +
          (faster
            ? `: ${times(faster.fasterByWall)} snarkjs, by CPU ${times(faster.fasterByCpu)}`
            : ''),
      );
    }
    for (const [name, { ms, cpuMs, peakMb }] of Object.entries(figures.cold)) {
      console.log(
        `  cold ${name.padEnd(14)} ${ms.toFixed(0)} ms, CPU ${cpuMs.toFixed(0)} ms, peak ${peakMb.toFixed(0)} MB`,
      );
    }
    const { byWall, byCpu } = figures.coldFaster;
    console.log(`  cold: ${times(byWall)} snarkjs, by CPU ${times(byCpu)}`);
    console.log(`  peak with tables ${figures.serverPeakMb.toFixed(0)} MB`);
    if (figures.rapidsnark) {
      console.log(`  rapidsnark           ${figures.rapidsnark.wallMs.toFixed(0)} ms`);
    }
  }
  return figures;
}
