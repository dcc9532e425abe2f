import { sha256Hex } from '../../src/groth16/artifacts.ts';
import type { KeyEntry } from '../../src/groth16/manifest.ts';
import type { CompiledCircuit } from '../../src/keys/circuit-build.ts';

/** Whether a circuit is another than the one a key was made for, and by which of its files. */
export function whatChanged(
  { r1cs, wasm }: Pick<CompiledCircuit, 'r1cs' | 'wasm'>,
  entry: Pick<KeyEntry, 'r1cs' | 'wasm'> | undefined,
): { readonly isOther: boolean; readonly names: string } {
  const changed = [
    ...(sha256Hex(r1cs) === entry?.r1cs ? [] : ['constraints']),
    ...(sha256Hex(wasm) === entry?.wasm ? [] : ['witness program']),
  ];
  return { isOther: changed.length > 0, names: changed.join(', ') };
}
