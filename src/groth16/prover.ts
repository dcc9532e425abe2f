import type { Fr } from '../core/field.ts';
import type { Signals } from '../statements/define-statement.ts';
import type { Groth16Proof } from './proof.ts';

/** What proving one statement needs besides its inputs. */
export interface ProvingArtifacts {
  /** circom's witness program: megabytes, not needed where there is a graph. */
  readonly wasm?: Uint8Array | undefined;
  /** The compiled witness graph. */
  readonly graph?: Uint8Array | undefined;
  /** A zkey, or the compact key made from it. */
  readonly zkey: Uint8Array;
}

export interface ProvingProgress {
  readonly stage: 'witness' | 'proof';
  /** Of the whole, 0 to 1. */
  readonly share: number;
}

export interface ProofInput extends ProvingArtifacts {
  /** Circuit inputs by signal name: private data, never to be logged. */
  readonly signals: Signals;
  readonly onProgress?: ((progress: ProvingProgress) => void) | undefined;
  readonly abort?: AbortSignal | undefined;
}

export interface ProofOutput {
  readonly proof: Groth16Proof;
  /** In the circuit's order: nullifier, epochRoot, scope, requestHash, params. */
  readonly publicSignals: readonly Fr[];
}

/** A proof engine. */
export interface Prover {
  readonly name: string;
  /** @throws prove.unsatisfied, prove.bad_input, prove.failed, prove.aborted, key.bad_file */
  prove(input: ProofInput): Promise<ProofOutput>;
  /** Ends worker threads; the prover may be used again and starts them anew. */
  close(): Promise<void>;
}
