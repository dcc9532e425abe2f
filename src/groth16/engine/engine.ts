import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Groth16Proof } from '../proof.ts';
import type { ProvingKeyParts } from '../proving-key.ts';
import { Arena } from './arena.ts';
import { type Executor, inlineExecutor } from './executor.ts';
import { type CompiledKernel, createMemory, instantiateKernel } from './load-kernel.ts';
import { loadKey } from './loaded-key.ts';
import { fillTable } from './multi-scalar.ts';
import { type Blinding, runProof } from './proof-run.ts';
import type { ThreadPool } from './thread-pool.ts';

/** A proving key in a memory of its own, ready for one proof after another. */
export interface Engine {
  readonly wireCount: number;
  readonly publicCount: number;
  /** Bytes of WebAssembly memory taken; what a proof has not touched costs nothing yet. */
  readonly memoryBytes: number;
  /**
   * @param witness wireCount integers of 32 bytes in [0, r), little-endian
   * @param onStep called with the share done
   * @throws prove.aborted, prove.failed
   */
  prove(
    witness: Uint8Array,
    blinding: Blinding,
    onStep?: (share: number) => void,
    abort?: AbortSignal,
  ): Promise<Groth16Proof>;
  close(): Promise<void>;
}

/**
 * @param pool undefined: everything on the calling thread
 * @param hasTables multiples of the key's points in memory: a third less work a proof, for seconds once
 * @throws key.bad_file, prove.failed
 */
export async function openEngine(
  parts: ProvingKeyParts,
  { module }: CompiledKernel,
  pool: ThreadPool | undefined,
  hasTables: boolean,
): Promise<Engine> {
  const memory = createMemory();
  const kernel = instantiateKernel(module, memory);
  const arena = new Arena(memory, kernel.heapBase());
  const scratch = () => arena.allocate(kernel.scratchBytes());
  kernel.setScratch(scratch());
  const places = Array.from({ length: pool?.size ?? 0 }, () => scratch());
  const key = loadKey(parts, kernel, arena, hasTables);
  // Threads get the memory when it has its size: one that is told while it grows may miss that.
  const executor = pool?.open(module, memory, places) ?? inlineExecutor(kernel);
  const tables = [key.a, key.b1, key.b2, key.c].map((one) => fillTable(one, executor));
  await Promise.all(tables).catch(async (error) => {
    await executor.close(); // threads would keep the memory
    throw error;
  });

  let last: Promise<unknown> = Promise.resolve();
  return {
    wireCount: key.wireCount,
    publicCount: key.publicCount,
    memoryBytes: arena.mark,
    prove: (witness, blinding, onStep, abort) => {
      // The working memory serves one proof at a time.
      const turn = last.then(async () => {
        const guarded = guard(executor, abort);
        try {
          return await runProof(key, witness, blinding, kernel, guarded, arena, onStep);
        } finally {
          await guarded.settle();
        }
      });
      last = turn.catch(() => {});
      return turn;
    },
    close: () => executor.close(),
  };
}

/** An executor that starts nothing once aborted or settled, and can wait for what runs. */
function guard(
  executor: Executor,
  abort: AbortSignal | undefined,
): Executor & { settle(): Promise<void> } {
  const running = new Set<Promise<unknown>>();
  let isOver = false;
  return {
    ...executor,
    async run(calls) {
      if (isOver || abort?.aborted) throw new CanbaoError('prove.aborted');
      const work = executor.run(calls);
      running.add(work);
      try {
        return await work;
      } finally {
        running.delete(work);
      }
    },
    async settle() {
      isOver = true;
      await Promise.allSettled(running);
    },
  };
}
