import { CanbaoError } from '../core/errors/canbao-error.ts';
import { onceEach } from '../core/once-each.ts';
import { assertArtifacts } from '../groth16/artifacts.ts';
import { type KeyManifest, keyEntry } from '../groth16/manifest.ts';
import type { ProvingArtifacts } from '../groth16/prover.ts';

/** Files of a statement: a witness graph or circom's program, and a compact key or a zkey. */
export type ArtifactFile = 'circuit.graph' | 'circuit.wasm' | 'circuit.ckey' | 'circuit.zkey';

export interface ArtifactSource {
  /** Where a statement's file is. Whoever serves it need not be trusted. */
  readonly urlOf: (statement: string, file: ArtifactFile) => string;
  /** From where you trust it, such as your own package: files are held against its hashes. */
  readonly manifest: KeyManifest;
  /** Default: development keys, which prove nothing in earnest, are refused. */
  readonly acceptDevelopmentKeys?: boolean | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/**
 * Fetches what proving takes, checks every file against the manifest, and keeps it: some megabytes a
 * statement, once.
 * @returns what `prove` takes as `artifacts`; it throws key.unknown, key.hash_mismatch, key.unsafe,
 * key.development_refused, sdk.unreachable
 */
export function fetchArtifacts(source: ArtifactSource) {
  const { urlOf, manifest, acceptDevelopmentKeys = false } = source;
  const send = source.fetch ?? globalThis.fetch.bind(globalThis);
  const bytes = async (statement: string, file: ArtifactFile) => {
    const url = urlOf(statement, file);
    try {
      const response = await send(url, { credentials: 'omit' });
      if (!response.ok) throw new Error(`status ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    } catch (cause) {
      const reason = (cause as Error).message;
      throw new CanbaoError('sdk.unreachable', { origin: url, reason }, cause);
    }
  };
  return onceEach(async (statement: string): Promise<ProvingArtifacts> => {
    const entry = keyEntry(manifest, statement);
    // The smaller of what serves the same.
    const hasGraph = entry.graph !== undefined;
    const [program, zkey] = await Promise.all([
      bytes(statement, hasGraph ? 'circuit.graph' : 'circuit.wasm'),
      bytes(statement, entry.compactKey === undefined ? 'circuit.zkey' : 'circuit.ckey'),
    ]);
    const artifacts = { [hasGraph ? 'graph' : 'wasm']: program, zkey };
    assertArtifacts(statement, artifacts, entry, { production: !acceptDevelopmentKeys });
    return artifacts;
  });
}
