/** What the bench calls in its page: proofs of given inputs, by our engine and by snarkjs. */
import * as snarkjs from 'snarkjs';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import type { Prover, ProvingArtifacts } from '../../src/groth16/prover.ts';
import { snarkjsProver } from '../../src/groth16/snarkjs-prover.ts';
import type { Signals } from '../../src/statements/define-statement.ts';

export type PageEngine = 'snarkjs' | 'snarkjsOneThread' | 'own' | 'ownOneThread';

const engines: Readonly<Record<PageEngine, Prover | undefined>> = {
  snarkjs: undefined,
  snarkjsOneThread: undefined,
  own: wasmProver(),
  ownOneThread: wasmProver({ threads: 0 }),
};

let files: ReturnType<typeof load> | undefined;

async function load(): Promise<ProvingArtifacts & { wasm: Uint8Array; inputs: string }> {
  const bytes = async (path: string) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  const graph = (await fetch('/circuit.graph')).ok ? await bytes('/circuit.graph') : undefined;
  return {
    wasm: await bytes('/circuit.wasm'),
    zkey: await bytes('/circuit.zkey'),
    ...(graph ? { graph } : {}),
    inputs: await (await fetch('/inputs.json')).text(),
  };
}

/** @returns milliseconds of one proof, from inputs on */
async function prove(name: PageEngine): Promise<number> {
  files ??= load();
  const { inputs, ...artifacts } = await files;
  const signals = JSON.parse(inputs, (_key, value) =>
    typeof value === 'string' ? BigInt(value) : value,
  ) as Signals;
  const begin = performance.now();
  const engine = engines[name];
  if (engine) await engine.prove({ ...artifacts, signals });
  else {
    const program = { singleThread: name === 'snarkjsOneThread' };
    await snarkjs.groth16.fullProve(
      signals as never,
      artifacts.wasm,
      artifacts.zkey,
      undefined,
      {},
      program,
    );
  }
  return performance.now() - begin;
}

/** Ends threads; what is loaded may be collected. */
async function close(): Promise<void> {
  for (const engine of Object.values(engines)) await engine?.close();
  await snarkjsProver().close();
}

/** Bytes of this page and its workers, after a collection; undefined where the browser does not say. */
async function memory(): Promise<number | undefined> {
  const { measureUserAgentSpecificMemory: measure } = performance as Performance & {
    measureUserAgentSpecificMemory?(): Promise<{ bytes: number }>;
  };
  return measure ? (await measure.call(performance)).bytes : undefined;
}

declare global {
  var proofs: { prove: typeof prove; close: typeof close; memory: typeof memory };
}
globalThis.proofs = { prove, close, memory };
