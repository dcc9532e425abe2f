import { bn254 } from '@noble/curves/bn254.js';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { Group } from '../../../src/groth16/engine/kernel.ts';
import { cutOf, windowsFor } from '../../../src/groth16/engine/multi-scalar.ts';
import { ThreadPool } from '../../../src/groth16/engine/thread-pool.ts';
import { type KernelBench, openKernelBench, variantsHere } from '../../support/kernel-bench.ts';
import {
  affine,
  type KnownPoint,
  kernelSum,
  knownPoint,
  knownSum,
} from '../../support/multi-scalar.ts';
import { seededRandom } from '../../support/random.ts';

const r = bn254.fields.Fr.ORDER;
const groups: readonly Group[] = [1, 2];
const pool = new ThreadPool(2);
afterAll(() => pool.end());

/** About the scalars that split in other ways than their neighbours. */
const lambda = 4407920970296243842393367215006156084916469457145843978461n;
const splitEdges = [1n << 127n, 1n << 128n, lambda, (lambda * lambda) % r, r / 3n].flatMap((k) => [
  k - 1n,
  k,
  k + 1n,
  r - k,
]);

const times = <T>(count: number, make: (i: number) => T) =>
  Array.from({ length: count }, (_, i) => make(i));
const ones = (count: number) => times(count, () => 1n);
const negative = (group: Group, { log }: KnownPoint) => knownPoint(group, r - log);

/** A few points to draw from, infinity and each other's negatives among them. */
const drawn = groups.map((group) => {
  const random = seededRandom(`points of G${group}`);
  const logs: bigint[] = times(24, () => random.fr());
  const opposite = logs.slice(0, 6).map((log) => r - log);
  return [...logs, ...opposite, 0n, 1n, 2n, r - 1n].map((log) => knownPoint(group, log));
});

const cases = variantsHere.flatMap((variant) =>
  groups.flatMap((group) =>
    [false, true].map((hasTable) => ({
      ...{ variant, group, hasTable },
      name: `${variant}, G${group}${hasTable ? ', table' : ''}`,
    })),
  ),
);

describe.each(cases)('$name', ({ name, variant, group, hasTable }) => {
  const random = seededRandom(name);
  const known = drawn[group - 1] as KnownPoint[];
  const [P, Q] = known as [KnownPoint, KnownPoint];
  const [minusP, infinite] = [negative(group, P), knownPoint(group, 0n)];

  let bench: KernelBench;
  beforeEach(async () => {
    bench = await openKernelBench(variant);
  });
  const expectSum = async (
    points: readonly KnownPoint[],
    scalars: readonly bigint[],
    cut = windowsFor(scalars.length, hasTable),
  ) => {
    const sum = await kernelSum(bench, group, points, scalars, cut);
    expect(affine(bench, group, sum)).toEqual(knownSum(group, points, scalars));
  };

  // Enough for several tasks; the slower kernel does with less.
  const many = variant === 'fma' ? 3000 : 1200;
  test(`${many} scalars, some small, of few points: collisions in every round`, async () => {
    const scalar = () => random.pick([random.fr(), random.fr(), random.bits(8), 0n, 1n, r - 1n]);
    const [points, scalars] = [times(many, () => random.pick(known)), times(many, scalar)];
    await expectSum(points, scalars);
    if (hasTable && group === 2) return; // seconds, and no other code on threads
    bench = await openKernelBench(variant, pool);
    await expectSum(points, scalars);
    await bench.executor.close();
  });

  test('nothing, one point, two, three', async () => {
    for (const count of [0, 1, 2, 3]) {
      await expectSum(
        known.slice(0, count),
        times(count, () => random.fr()),
      );
    }
  });

  test('scalars at the edges of the range and of digits', async () => {
    const cut = windowsFor(40, hasTable);
    const width = BigInt(cut.width);
    const repeated = (digit: bigint) =>
      times(28, (w) => digit << (BigInt(w) * width)).reduce((sum, part) => sum + part) % r;
    const half = 1n << (width - 1n);
    const scalars = [
      ...[0n, 1n, 2n, r - 1n, r - 2n, r / 2n, r / 2n + 1n, (1n << 253n) - 1n],
      ...[half - 1n, half, half + 1n, 2n * half - 1n].flatMap((digit) => [digit, repeated(digit)]),
      ...times(28, (k) => 1n << BigInt(9 * k)),
      ...[250n, 251n, 252n, 253n].map((k) => 1n << k),
      ...splitEdges,
    ];
    for (const scalar of scalars.slice(0, 8)) await expectSum([P], [scalar]);
    await expectSum(
      scalars.map((_, i) => known[i % known.length] ?? P),
      scalars,
      cut,
    );
  });

  test('all points equal, all scalars one, both', async () => {
    for (const count of [2, 5, 65]) {
      const points = times(count, () => random.pick(known));
      await expectSum(new Array(count).fill(P), [...times(count - 1, () => random.fr()), r - 1n]);
      await expectSum(points, ones(count));
      await expectSum(new Array(count).fill(P), ones(count));
    }
  });

  test('opposite points: infinity within lists and overall', async () => {
    const scalar = random.fr();
    await expectSum([P, minusP], [scalar, scalar]);
    await expectSum([P, P], [scalar, r - scalar]);
    await expectSum([P, minusP, Q], [scalar, scalar, 1n]);
    await expectSum([P, minusP, P, minusP, Q], ones(5));
    await expectSum([P, P, minusP, Q, minusP], new Array(5).fill(5n));
    const pairs = times(100, (i) => (i % 2 ? minusP : P));
    await expectSum(pairs, new Array(100).fill(scalar));
    await expectSum([...pairs, Q], new Array(101).fill(scalar));
    await expectSum(
      pairs,
      times(100, (i) => BigInt(1 + ((i >> 1) % 3))),
    );
  });

  test('points at infinity, among others and alone; no scalar but zero', async () => {
    await expectSum([infinite], [random.fr()]);
    await expectSum([infinite, infinite, infinite], [1n, 0n, random.fr()]);
    const scalars = times(5, () => random.fr());
    await expectSum([infinite, P, infinite, Q, infinite], scalars);
    await expectSum(known, new Array(known.length).fill(0n));
  });

  test('every width of windows', async () => {
    const points = times(40, () => random.pick(known));
    const scalars = times(40, () => random.pick([random.fr(), 1n, r - 1n, random.bits(60)]));
    for (const width of [2, 3, 4, 7, 10, ...(hasTable ? [13, 15] : [])]) {
      bench = await openKernelBench(variant); // wide windows take memory
      await expectSum(points, scalars, cutOf(width, hasTable));
    }
  });
});
