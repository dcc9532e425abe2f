import { assertArtifacts, type CircuitArtifacts } from '../groth16/artifacts.ts';
import type { KeyEntry, KeyPolicy } from '../groth16/manifest.ts';
import { decodeVerificationKey, type VerificationKey } from '../groth16/verification-key.ts';
import { verificationKeyFromZkey } from '../groth16/zkey.ts';
import { compiledCircuit } from './circuit-build.ts';
import { developmentKey } from './development-keys.ts';

/** What a statement is proven and verified with, checked against its manifest entry. */
export interface StatementKeys {
  readonly artifacts: CircuitArtifacts;
  readonly verificationKey: VerificationKey;
  readonly entry: KeyEntry;
}

/** Work that takes more than a moment, for a progress line. */
export interface KeyProgress {
  readonly statement: string;
  readonly stage: 'compile' | 'setup';
  /** 0 to 1; circom tells nothing on its way, so a compilation only begins. */
  readonly share: number;
}

export interface KeyStore {
  /** @throws key.development_refused, key.unsafe, key.hash_mismatch, key.compile_failed */
  get(statement: string): Promise<StatementKeys>;
}

/** Compiles circuits and makes development keys as they are asked for; each once a process. */
export function openKeyStore(
  policy: KeyPolicy,
  onProgress: (progress: KeyProgress) => void = () => {},
): KeyStore {
  const loaded = new Map<string, Promise<StatementKeys>>();
  const load = async (statement: string): Promise<StatementKeys> => {
    const circuit = await compiledCircuit(statement, () =>
      onProgress({ statement, stage: 'compile', share: 0 }),
    );
    const { zkey, entry } = await developmentKey(statement, circuit, (share) =>
      onProgress({ statement, stage: 'setup', share }),
    );
    const { r1cs, wasm, graph } = circuit;
    const artifacts = { r1cs, wasm, graph, zkey };
    assertArtifacts(statement, artifacts, entry, policy);
    const verificationKey = decodeVerificationKey(verificationKeyFromZkey(zkey));
    return { artifacts, verificationKey, entry };
  };
  return {
    get(statement) {
      const known = loaded.get(statement);
      if (known) return known;
      const fresh = load(statement);
      loaded.set(statement, fresh);
      fresh.catch(() => loaded.delete(statement));
      return fresh;
    },
  };
}
