import * as snarkjs from 'snarkjs';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { parseFr } from '../core/field.ts';
import { decodeCompactKey } from './compact-key/decode.ts';
import { isCompactKey } from './compact-key/format.ts';
import { proofFromSnarkjs } from './proof.ts';
import type { ProofInput, ProofOutput, Prover } from './prover.ts';
import { endSnarkjsThreads } from './snarkjs-threads.ts';
import { loadWitness } from './witness/load-witness.ts';
import { writeWitness } from './witness-file.ts';
import type { WitnessProgram } from './witness-program.ts';

/** What snarkjs's debug log says at each step of a proof, in order. */
const MILESTONES = [
  'Reading Wtns',
  'Building ABC',
  'Join ABC',
  'Reading A Points',
  'Reading B1 Points',
  'Reading B2 Points',
  'Reading C Points',
  'Reading H Points',
];
/** Computing the witness takes about this share of the time. */
const WITNESS_SHARE = 0.15;

export interface SnarkjsProverOptions {
  /** Everything on the calling thread: slower, but starts no workers. */
  readonly singleThread?: boolean;
}

/** Proves with snarkjs, in memory, in Node and in browsers. */
export function snarkjsProver({ singleThread = false }: SnarkjsProverOptions = {}): Prover {
  /** By compact key: expanded once. */
  const zkeys = new WeakMap<Uint8Array, Promise<Uint8Array>>();
  const zkeyOf = (key: Uint8Array) => {
    if (!isCompactKey(key)) return key;
    const zkey = zkeys.get(key) ?? decodeCompactKey(key);
    zkeys.set(key, zkey);
    return zkey;
  };
  return {
    name: 'snarkjs',
    prove: async (input) => {
      const [program, zkey] = await Promise.all([loadWitness(input), zkeyOf(input.zkey)]);
      return prove({ ...input, zkey }, program, singleThread);
    },
    close: endSnarkjsThreads,
  };
}

async function prove(
  { zkey, signals, onProgress, abort }: ProofInput,
  program: WitnessProgram,
  singleThread: boolean,
): Promise<ProofOutput> {
  const stopIfAborted = () => {
    if (abort?.aborted) throw new CanbaoError('prove.aborted');
  };
  stopIfAborted();
  onProgress?.({ stage: 'witness', share: 0 });
  const witness = writeWitness(program.calculateBytes(signals));
  stopIfAborted();

  // snarkjs can neither report nor stop; its log, called between steps, lets us do both.
  const logger = {
    debug(message: string) {
      stopIfAborted();
      const step = MILESTONES.findIndex((milestone) => message.startsWith(milestone));
      const share = WITNESS_SHARE + (1 - WITNESS_SHARE) * (step / MILESTONES.length);
      if (step >= 0) onProgress?.({ stage: 'proof', share });
    },
  };
  try {
    const made = await snarkjs.groth16.prove(zkey, witness, logger, { singleThread });
    stopIfAborted();
    onProgress?.({ stage: 'proof', share: 1 });
    return {
      proof: proofFromSnarkjs(made.proof),
      publicSignals: made.publicSignals.map((signal) => parseFr(String(signal), 'public signal')),
    };
  } catch (error) {
    if (error instanceof CanbaoError) throw error;
    throw new CanbaoError('prove.failed', { reason: 'the proving key does not fit' }, error);
  }
}
