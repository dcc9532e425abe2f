import { Arena } from '../engine/arena.ts';
import { type Executor, inlineExecutor } from '../engine/executor.ts';
import type { Group } from '../engine/kernel.ts';
import { type CompiledKernel, createMemory, instantiateKernel } from '../engine/load-kernel.ts';
import type { ThreadPool } from '../engine/thread-pool.ts';
import { badCompactKey } from './format.ts';

/** Points a task: some ten milliseconds of square roots. */
const TASK_POINTS = 1024;

/** Where points are computed: by the calling thread, or by those of a pool. */
export interface PointWorkers {
  readonly kernel: CompiledKernel;
  readonly pool?: ThreadPool | undefined;
}

/**
 * Points by group, as zkeys store them, from their x and sign.
 * @param xs by group: any number of lists
 * @returns words of a memory that goes with them
 * @throws key.bad_file where an x is on no point, prove.failed
 */
export async function decompressPoints(
  xs: Readonly<Record<Group, readonly Uint8Array[]>>,
  { kernel: { module }, pool }: PointWorkers,
): Promise<Record<Group, Uint32Array>> {
  const memory = createMemory();
  const kernel = instantiateKernel(module, memory);
  const arena = new Arena(memory, kernel.heapBase());
  const scratch = () => arena.allocate(kernel.scratchBytes());
  kernel.setScratch(scratch());
  const places = Array.from({ length: pool?.size ?? 0 }, () => scratch());
  const executor = pool?.open(module, memory, places) ?? inlineExecutor(kernel);
  try {
    const [g1, g2] = await Promise.all([
      decompress(1, xs[1], executor, arena),
      decompress(2, xs[2], executor, arena),
    ]);
    return { 1: g1, 2: g2 };
  } finally {
    await executor.close();
  }
}

async function decompress(
  group: Group,
  lists: readonly Uint8Array[],
  executor: Executor,
  arena: Arena,
): Promise<Uint32Array> {
  const [xBytes, pointBytes] = [32 * group, 64 * group];
  const bytes = lists.reduce((sum, list) => sum + list.length, 0);
  const count = bytes / xBytes;
  const source = arena.allocate(bytes);
  const points = arena.allocate(2 * bytes);
  let at = source;
  for (const list of lists) {
    arena.bytes(at, list.length).set(list);
    at += list.length;
  }
  const tasks: Promise<number[]>[] = [];
  for (let from = 0; from < count; from += TASK_POINTS) {
    const task = Math.min(TASK_POINTS, count - from);
    const [to, x] = [points + from * pointBytes, source + from * xBytes];
    tasks.push(executor.run([[`decompressPoints${group}`, to, x, task]]));
  }
  const wrong = (await Promise.all(tasks)).flat();
  if (wrong.some((found) => found > 0)) throw badCompactKey('a point is not on the curve');
  return arena.words(points, bytes / 2);
}
