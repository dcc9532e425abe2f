import type { Arena } from './arena.ts';
import type { Call, Executor } from './executor.ts';
import { type Group, pointBytes, projectiveBytes } from './kernel.ts';

/** How scalars are cut: windows of `width` bits, spread over `sets` of buckets. */
export interface Windows {
  readonly width: number;
  readonly windows: number;
  /** windows / sets table levels; level l holds every point times 2^(l·sets·width). */
  readonly sets: number;
}

/** Points and working memory of one multi-scalar multiplication. */
export interface MultiScalar extends Windows {
  readonly group: Group;
  readonly count: number;
  /** u32[count]: which scalar goes with each point. */
  readonly wires: number;
  readonly table: number;
  /** Three layers of lists: buckets; rows and columns; powers of two. */
  readonly layers: readonly Lists[];
  /** Projective. */
  readonly result: number;
}

/** Lists of points and room for their sums, as `sumLists` takes them. */
interface Lists {
  readonly entries: number;
  readonly starts: number;
  readonly sums: number;
  readonly lists: number;
}

/** Scalars are below 2^254; the highest digit may carry. */
const SCALAR_BITS = 255;
/** Entries a task: some milliseconds of additions. */
const TASK_ENTRIES = 24_000;

/**
 * The width with the fewest additions for so many scalars of full size without tables: one for each
 * digit, two for each bucket.
 */
export function windowsFor(fullScalars: number): Windows {
  let best = { width: 2, windows: 128, sets: 128 };
  let least = Number.POSITIVE_INFINITY;
  for (let width = 2; width <= 15; width++) {
    const windows = Math.ceil(SCALAR_BITS / width);
    const additions = windows * (fullScalars + 2 * 2 ** (width - 1));
    if (additions < least) {
      least = additions;
      best = { width, windows, sets: windows };
    }
  }
  return best;
}

/** Bits of a bucket's number that pick its column; the others pick its row. */
const lowBits = (width: number) => (width - 1) >> 1;

/** Takes memory for the lists of a multiplication whose points are in place. */
export function multiScalar(
  arena: Arena,
  points: Pick<MultiScalar, 'group' | 'count' | 'wires' | 'table'>,
  windows: Windows,
): MultiScalar {
  const { group, count } = points;
  const { width, sets } = windows;
  const bits = width - 1;
  const low = lowBits(width);
  const layer = (lists: number, entries: number): Lists => ({
    lists,
    entries: arena.allocate(4 * entries),
    starts: arena.allocate(4 * (lists + 2)),
    sums: arena.allocate(((entries + lists) / 2 + 2) * pointBytes(group)),
  });
  const buckets = sets * 2 ** bits;
  const sides = 2 ** (bits - low) + 2 ** low;
  return {
    ...points,
    ...windows,
    layers: [
      layer(buckets, count * windows.windows),
      layer(sets * sides, 2 * buckets),
      layer(sets * bits, sets * sides * bits),
    ],
    result: arena.allocate(projectiveBytes(group)),
  };
}

/** `result` = Σ scalar · point, projective. Digits are those of {@link Windows}, i16[windows] a scalar. */
export async function multiply(
  { group, count, wires, table, layers, result, ...cut }: MultiScalar,
  digits: number,
  executor: Executor,
  arena: Arena,
): Promise<void> {
  const { width, windows, sets } = cut;
  const [buckets, sides, powers] = layers as [Lists, Lists, Lists];
  const tail = [sets, width - 1, lowBits(width)] as const;
  await executor.run([
    [
      'sortDigits',
      ...[digits, windows, width, sets, wires, count, table, pointBytes(group)],
      ...[buckets.entries, buckets.starts],
    ],
  ]);
  await sumLists(group, buckets, executor, arena);
  await executor.run([
    [
      `listRowsAndColumns${group}`,
      ...[buckets.starts, buckets.sums, ...tail, sides.entries, sides.starts],
    ],
  ]);
  await sumLists(group, sides, executor, arena);
  const last: Call[] = [
    [`listPowers${group}`, ...[sides.starts, sides.sums, ...tail, powers.entries, powers.starts]],
    [`sumLists${group}`, powers.entries, powers.starts, powers.sums, 0, powers.lists],
    [`sumPowers${group}`, result, powers.starts, powers.sums, sets, width - 1],
  ];
  await executor.run(last);
}

/** Sums lists in tasks of about the same number of entries. */
async function sumLists(
  group: Group,
  { entries, starts, sums, lists }: Lists,
  executor: Executor,
  arena: Arena,
): Promise<void> {
  const ends = arena.words(starts, lists + 1);
  const tasks = Math.max(1, Math.round((ends[lists] ?? 0) / TASK_ENTRIES));
  const step = (ends[lists] ?? 0) / tasks;
  const bounds = [0];
  for (let list = 1; list < lists && bounds.length < tasks; list++) {
    if ((ends[list] ?? 0) >= step * bounds.length) bounds.push(list);
  }
  bounds.push(lists);
  await Promise.all(
    bounds
      .slice(1)
      .map((to, i) =>
        executor.run([[`sumLists${group}`, entries, starts, sums, bounds[i] ?? 0, to]]),
      ),
  );
}
