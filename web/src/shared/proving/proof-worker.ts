import { expose } from 'comlink';
import { wasmProver } from '../../../../src/groth16/engine/wasm-prover.ts';
import type { ProofOutcome, ProofProgress, ProofTask } from './proof-task.ts';
import { runProof } from './run-proof.ts';

// Threads of its own where memory may be shared; else it is the one thread.
const prover = wasmProver(globalThis.crossOriginIsolated ? {} : { threads: 0 });
let current = new AbortController();

const worker = {
  prove(task: ProofTask, onProgress: (progress: ProofProgress) => void): Promise<ProofOutcome> {
    current = new AbortController();
    return runProof(task, prover, { onProgress, abort: current.signal });
  },
  abort(): void {
    current.abort();
  },
};

/** What a page asks of the worker that proves. */
export type ProofWorker = typeof worker;

expose(worker);
