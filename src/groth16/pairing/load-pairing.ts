import type { Pairing } from './pairing.ts';

let loading: Promise<Pairing> | undefined;

/**
 * mcl's pairing in WebAssembly, loaded when it is first needed so that bundlers keep it in a chunk
 * of its own; noble's, about ten times slower, where WebAssembly is missing or forbidden.
 */
export function loadPairing(): Promise<Pairing> {
  loading ??= import('./mcl-pairing.ts')
    .then(({ mclPairing }) => mclPairing())
    .catch(async () => (await import('./noble-pairing.ts')).noblePairing);
  return loading;
}
