/**
 * One proof in a process of its own: `cold-main <engine> <folder> [tables]`, where the folder holds
 * circuit.zkey, circuit.wasm, circuit.graph and inputs.json. Prints milliseconds since the
 * process began and its peak memory.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const [engine, folder = '.', proofs = '1'] = process.argv.slice(2);
const read = (name: string) => readFile(join(folder, name));
const text = await readFile(join(folder, 'inputs.json'), 'utf8');

if (engine === 'snarkjs') {
  const snarkjs = await import('snarkjs');
  const [wasm, zkey] = await Promise.all([read('circuit.wasm'), read('circuit.zkey')]);
  for (let i = 0; i < Number(proofs); i++) {
    await snarkjs.groth16.fullProve(JSON.parse(text), wasm, zkey);
  }
} else {
  const { wasmProver } = await import('../../src/groth16/engine/wasm-prover.ts');
  const [zkey, graph] = await Promise.all([read('circuit.zkey'), read('circuit.graph')]);
  const signals = JSON.parse(text, (_key, value) =>
    typeof value === 'string' ? BigInt(value) : value,
  );
  const prover = wasmProver({ tables: engine === 'tables' });
  for (let i = 0; i < Number(proofs); i++) await prover.prove({ zkey, graph, signals });
}
const { user, system } = process.cpuUsage();
console.log(
  JSON.stringify({
    ms: performance.now(),
    cpuMs: (user + system) / 1000,
    peakMb: await peakMb(),
  }),
);
process.exit(0);

/** Of this program alone; what getrusage tells begins with the parent's. */
async function peakMb(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1024;
}
