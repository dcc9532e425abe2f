import type { Arena } from './arena.ts';
import type { Call, Executor } from './executor.ts';
import { type Group, pointBytes } from './kernel.ts';

/** How scalars are cut: windows of `width` bits, spread over `sets` of buckets. */
export interface Windows {
  readonly width: number;
  readonly windows: number;
  /**
   * windows / sets table levels; level l holds every point times 2^(l·sets·width), or, where scalars
   * are split in two halves, times λ^l.
   */
  readonly sets: number;
  readonly isSplit: boolean;
}

/** One multi-scalar multiplication: Σ scalar · point over fixed points. */
export interface MultiScalar extends Windows {
  readonly group: Group;
  readonly count: number;
  /** u32[count]: which scalar goes with each point. */
  readonly wires: number;
  /** Points, level by level. */
  readonly table: number;
  /** Projective. */
  readonly result: number;
}

/** Working memory for one multiplication at a time, in one group. */
export interface Workspace {
  readonly buckets: Lists;
  readonly sides: Lists;
  readonly powers: Lists;
}

/** Room for lists of points and their sums, as `sumLists` takes them. */
interface Lists {
  readonly entries: number;
  readonly starts: number;
  readonly sums: number;
}

/** Scalars are below 2^254, halves of them below 2^128; the highest digit may carry. */
const SCALAR_BITS = 255;
const HALF_BITS = 129;
/** Digits are kept in 16 bits. */
const MAX_WIDTH = 15;
/** Entries a task: some milliseconds of additions. */
const TASK_ENTRIES = 48_000;
/** Points a task when a table is filled, and when it has but one more level. */
const TASK_POINTS = 2048;
const TASK_MAPPED_POINTS = 8192;

/** With a full table one set of buckets serves all windows; without, scalars are split. */
export function cutOf(width: number, hasTable: boolean): Windows {
  if (hasTable) {
    return { width, windows: Math.ceil(SCALAR_BITS / width), sets: 1, isSplit: false };
  }
  const sets = Math.ceil(HALF_BITS / width);
  return { width, windows: 2 * sets, sets, isSplit: true };
}

/** The width with the fewest additions for so many scalars of full size: one a digit, two a bucket. */
export function windowsFor(fullScalars: number, hasTable: boolean): Windows {
  const cuts = Array.from({ length: MAX_WIDTH - 1 }, (_, i) => cutOf(i + 2, hasTable));
  const additions = ({ width, windows, sets }: Windows) =>
    windows * fullScalars + sets * 2 ** width;
  return cuts.reduce((best, cut) => (additions(cut) < additions(best) ? cut : best));
}

/** Bits of a bucket's number that pick its column; the others pick its row. */
const lowBits = (width: number) => (width - 1) >> 1;

const listCounts = ({ width, sets }: Windows) => {
  const bits = width - 1;
  const low = lowBits(width);
  return {
    buckets: sets * 2 ** bits,
    sides: sets * (2 ** (bits - low) + 2 ** low),
    powers: sets * bits,
  };
};

/** Takes memory that serves each of the multiplications in turn. */
export function workspaceFor(arena: Arena, all: readonly MultiScalar[]): Workspace {
  const most = (size: (one: MultiScalar) => number) => Math.max(...all.map(size));
  const lists = (
    count: (one: MultiScalar) => number,
    entries: (one: MultiScalar) => number,
  ): Lists => ({
    entries: arena.allocate(4 * most(entries)),
    starts: arena.allocate(4 * (most(count) + 2)),
    sums: arena.allocate(
      most((one) => ((entries(one) + count(one)) / 2 + 2) * pointBytes(one.group)),
    ),
  });
  return {
    buckets: lists(
      (one) => listCounts(one).buckets,
      (one) => one.count * one.windows,
    ),
    sides: lists(
      (one) => listCounts(one).sides,
      (one) => 2 * listCounts(one).buckets,
    ),
    powers: lists(
      (one) => listCounts(one).powers,
      (one) => listCounts(one).sides * (one.width - 1),
    ),
  };
}

/** Digits of `count` scalars: i16[windows] each. */
export function recode(
  { width, windows, isSplit }: Windows,
  digits: number,
  scalars: number,
  count: number,
): Call {
  return [isSplit ? 'recodeSplit' : 'recode', digits, scalars, count, width, windows];
}

/** Fills the levels of a table above the lowest, once a key: seconds of work unless scalars are split. */
export async function fillTable(
  { group, count, table, windows, width, sets, isSplit }: MultiScalar,
  executor: Executor,
): Promise<void> {
  const bytes = pointBytes(group);
  const size = isSplit ? TASK_MAPPED_POINTS : TASK_POINTS;
  const fill = (from: number, to: number): Call =>
    isSplit
      ? [`mapPoints${group}`, table + (count + from) * bytes, table + from * bytes, to - from]
      : [`fillTable${group}`, table, count, windows / sets, sets * width, from, to];
  const tasks: Promise<unknown>[] = [];
  for (let from = 0; from < count; from += size) {
    tasks.push(executor.run([fill(from, Math.min(from + size, count))]));
  }
  await Promise.all(tasks);
}

/** `result` = Σ scalar · point, projective, from digits as {@link recode} writes them. */
export async function multiply(
  { group, count, wires, table, result, ...cut }: MultiScalar,
  digits: number,
  { buckets, sides, powers }: Workspace,
  executor: Executor,
  arena: Arena,
): Promise<void> {
  const { width, windows, sets } = cut;
  const tail = [sets, width - 1, lowBits(width)] as const;
  const counts = listCounts(cut);
  await executor.run([
    [
      'sortDigits',
      ...[digits, windows, width, sets, wires, count, table, pointBytes(group)],
      ...[buckets.entries, buckets.starts],
    ],
  ]);
  await sumLists(group, buckets, counts.buckets, executor, arena);
  await executor.run([
    [
      `listRowsAndColumns${group}`,
      ...[buckets.starts, buckets.sums, ...tail, sides.entries, sides.starts],
    ],
  ]);
  await sumLists(group, sides, counts.sides, executor, arena);
  const last: Call[] = [
    [`listPowers${group}`, ...[sides.starts, sides.sums, ...tail, powers.entries, powers.starts]],
    [`sumLists${group}`, powers.entries, powers.starts, powers.sums, 0, counts.powers],
    [`sumPowers${group}`, result, powers.starts, powers.sums, sets, width - 1],
  ];
  await executor.run(last);
}

/** Sums lists in tasks of about the same number of entries. */
async function sumLists(
  group: Group,
  { entries, starts, sums }: Lists,
  lists: number,
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
