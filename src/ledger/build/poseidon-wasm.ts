import type { Fr } from '../../core/field.ts';
import type { Poseidon } from '../../core/poseidon.ts';

let loading: Promise<Poseidon> | undefined;

/**
 * Poseidon in WebAssembly, equal to the plain one and some ten times faster where many are hashed at
 * once: for whoever hashes a whole ledger. Loads once a process.
 */
export function wasmPoseidon(): Promise<Poseidon> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Poseidon> {
  const { choosePoseidon } = await import('./poseidon/choose-poseidon.ts');
  const batch = await choosePoseidon();
  if (!batch) return circomlibPoseidon();
  const hash = (inputs: readonly Fr[]) => batch.hashMany(inputs, inputs.length)[0] as Fr;
  return Object.assign(hash, { many: batch.hashMany });
}

/** circomlibjs's, one by one: where our kernels do not run, and to compare with. */
export async function circomlibPoseidon(): Promise<Poseidon> {
  const { buildPoseidon } = await import('circomlibjs');
  const hash = await buildPoseidon();
  return (inputs) => hash.F.toObject(hash([...inputs])) as Fr;
}
