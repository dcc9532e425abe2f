import { bn254 } from '@noble/curves/bn254.js';
import { beforeEach, describe, expect, test } from 'vitest';
import { projectiveBytes } from '../../../src/groth16/engine/kernel.ts';
import {
  type KernelBench,
  openKernelBench,
  putIntegers,
  variantsHere,
} from '../../support/kernel-bench.ts';
import { affine, kernelSum, knownPoint } from '../../support/multi-scalar.ts';
import { seededRandom } from '../../support/random.ts';

const r = bn254.fields.Fr.ORDER;
const expected = (log: bigint) => knownPoint(1, ((log % r) + r) % r).coordinates;

describe.each(variantsHere)('%s: points of G1, projective', (variant) => {
  const random = seededRandom(`curve ${variant}`);
  let bench: KernelBench;
  let generator: number;
  beforeEach(async () => {
    bench = await openKernelBench(variant);
    generator = await kernelSum(bench, 1, [knownPoint(1, 1n)], [1n]);
  });
  const multiple = (scalar: bigint): number => {
    const to = bench.arena.allocate(projectiveBytes(1));
    bench.kernel.scalePoint1(to, generator, putIntegers(bench.arena, [scalar]));
    return to;
  };

  test('scalar multiples, infinity among them', () => {
    const edges = [0n, 1n, 2n, 3n, r - 1n, r, r + 1n, 2n ** 255n - 1n, 2n ** 256n - 1n];
    for (const scalar of [...edges, random.fr(), random.fr()]) {
      expect(affine(bench, 1, multiple(scalar))).toEqual(expected(scalar));
    }
  });

  test('sums: equal, opposite, infinite and other points, also in place', () => {
    const logs = [0n, 1n, 2n, r - 1n, r - 2n, random.fr(), random.fr()];
    for (const a of logs) {
      for (const b of logs) {
        const [p, q] = [multiple(a), multiple(b)];
        const sum = bench.arena.allocate(projectiveBytes(1));
        bench.kernel.addPoints1(sum, p, q);
        bench.kernel.addPoints1(p, p, q);
        expect(affine(bench, 1, sum), `${a} + ${b}`).toEqual(expected(a + b));
        expect(affine(bench, 1, p)).toEqual(expected(a + b));
      }
    }
    const p = multiple(7n);
    bench.kernel.addPoints1(p, p, p);
    expect(affine(bench, 1, p)).toEqual(expected(14n));
  });
});
