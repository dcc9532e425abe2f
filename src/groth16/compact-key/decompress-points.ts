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
  const lists = [placeList(1, xs[1], arena), placeList(2, xs[2], arena)] as const;
  // Threads get the memory when it has its size: one that is told while it grows may miss that.
  const executor = pool?.open(module, memory, places) ?? inlineExecutor(kernel);
  try {
    await Promise.all(lists.map((list) => decompress(list, executor)));
  } finally {
    await executor.close();
  }
  const words = ({ points, count, group }: List) => arena.words(points, count * 16 * group);
  return { 1: words(lists[0]), 2: words(lists[1]) };
}

/** Points of one group in memory: x and sign at `xs`, what is computed of them at `points`. */
interface List {
  readonly group: Group;
  readonly count: number;
  readonly xs: number;
  readonly points: number;
}

function placeList(group: Group, lists: readonly Uint8Array[], arena: Arena): List {
  const bytes = lists.reduce((sum, list) => sum + list.length, 0);
  const xs = arena.allocate(bytes);
  let at = xs;
  for (const list of lists) {
    arena.bytes(at, list.length).set(list);
    at += list.length;
  }
  return { group, count: bytes / (32 * group), xs, points: arena.allocate(2 * bytes) };
}

async function decompress({ group, count, xs, points }: List, executor: Executor): Promise<void> {
  const tasks: Promise<number[]>[] = [];
  for (let from = 0; from < count; from += TASK_POINTS) {
    const task = Math.min(TASK_POINTS, count - from);
    const [to, x] = [points + from * 64 * group, xs + from * 32 * group];
    tasks.push(executor.run([[`decompressPoints${group}`, to, x, task]]));
  }
  const wrong = (await Promise.all(tasks)).flat();
  if (wrong.some((found) => found > 0)) throw badCompactKey('a point is not on the curve');
}
