import type { Prover } from './prover.ts';

/** Proof engines by name: ours, and snarkjs as reference and fallback. */
export const PROVER_NAMES = ['wasm', 'snarkjs'] as const;
export type ProverName = (typeof PROVER_NAMES)[number];

/** Loads the engine's code only when it is asked for. */
export async function createProver(name: ProverName = 'wasm'): Promise<Prover> {
  if (name === 'snarkjs') return (await import('./snarkjs-prover.ts')).snarkjsProver();
  return (await import('./engine/wasm-prover.ts')).wasmProver();
}
