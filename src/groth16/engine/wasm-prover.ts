import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type Fr, toFr } from '../../core/field.ts';
import { type RandomBytes, systemRandom } from '../../core/random.ts';
import { readUint256, viewOf } from '../bin-file.ts';
import { compactKeyParts } from '../compact-key/decode.ts';
import { isCompactKey } from '../compact-key/format.ts';
import type { ProofInput, ProofOutput, Prover } from '../prover.ts';
import { randomScalar } from '../random-scalar.ts';
import { loadWitness } from '../witness/load-witness.ts';
import { provingKeyParts } from '../zkey.ts';
import { type Engine, openEngine } from './engine.ts';
import { EngineCache } from './engine-cache.ts';
import { type CompiledKernel, chooseKernel } from './load-kernel.ts';
import { availableThreads } from './thread.ts';
import { ThreadPool } from './thread-pool.ts';

const VALUE_BYTES = 32;
/** Computing the witness takes about this share of the time. */
const WITNESS_SHARE = 0.1;
const MAX_THREADS = 8;

export interface WasmProverOptions {
  /** 0: everything on the calling thread. As many as the machine has, at most 8, where not given. */
  readonly threads?: number;
  /**
   * Tables of multiples of each key's points: faster proofs for 130 MB more and seconds when a key is
   * first used. For services.
   */
  readonly tables?: boolean;
  /** Keys kept loaded, the last used; each takes some 60 MB while it is, with tables 180 MB. */
  readonly keys?: number;
  readonly kernel?: CompiledKernel;
  readonly randomness?: RandomBytes;
}

/** Proves on our own WebAssembly kernel, in Node and in browsers, on threads where it may. */
export function wasmProver(options: WasmProverOptions = {}): Prover {
  const { keys = 2, randomness = systemRandom, tables = false } = options;
  let threads = Math.min(options.threads ?? availableThreads(), MAX_THREADS);
  let pool: ThreadPool | undefined;

  const open = async (zkey: Uint8Array): Promise<Engine> => {
    const chosen = options.kernel ?? chooseKernel();
    const openWith = async (pool: ThreadPool | undefined) => {
      const kernel = await chosen;
      const parts = isCompactKey(zkey)
        ? await compactKeyParts(zkey, { kernel, pool })
        : provingKeyParts(zkey);
      return openEngine(parts, kernel, pool, tables);
    };
    if (threads > 0) {
      let own: ThreadPool | undefined;
      try {
        own = pool ??= new ThreadPool(threads);
        // Threads start while the kernel is compiled and the key read.
        const [engine] = await Promise.all([openWith(own), own.ready]);
        return engine;
      } catch (error) {
        if (error instanceof CanbaoError && !own?.isRefused) throw error;
        // A page may not start threads, or one that is not isolated not share memory with them:
        // it proves on one thread.
        threads = 0;
        await own?.end();
        if (pool === own) pool = undefined;
      }
    }
    return openWith(undefined);
  };
  const engines = new EngineCache(open, keys);

  return {
    name: 'wasm',
    async prove({ signals, onProgress, abort, ...files }: ProofInput): Promise<ProofOutput> {
      const stopIfAborted = () => {
        if (abort?.aborted) throw new CanbaoError('prove.aborted');
      };
      stopIfAborted();
      onProgress?.({ stage: 'witness', share: 0 });
      if (pool?.isBroken) {
        pool = undefined;
        await engines.clear();
      }
      return engines.use(files.zkey, async (opening) => {
        const [engine, { calculateBytes }] = await Promise.all([opening, loadWitness(files)]);
        const witness = calculateBytes(signals);
        if (witness.length !== engine.wireCount * VALUE_BYTES) {
          throw new CanbaoError('prove.failed', { reason: 'the proving key does not fit' });
        }
        stopIfAborted();
        onProgress?.({ stage: 'proof', share: WITNESS_SHARE });
        const proof = await engine.prove(
          witness,
          { r: randomScalar(randomness), s: randomScalar(randomness) },
          (share) =>
            onProgress?.({ stage: 'proof', share: WITNESS_SHARE + (1 - WITNESS_SHARE) * share }),
          abort,
        );
        stopIfAborted();
        return { proof, publicSignals: publicSignalsOf(witness, engine.publicCount) };
      });
    },
    async close() {
      await engines.clear();
      const ended = pool?.end();
      pool = undefined;
      await ended;
    },
  };
}

/** Wires 1 … count of a witness. */
function publicSignalsOf(witness: Uint8Array, count: number): Fr[] {
  const view = viewOf(witness);
  return Array.from({ length: count }, (_, i) =>
    toFr(readUint256(view, (i + 1) * VALUE_BYTES), 'public signal'),
  );
}
