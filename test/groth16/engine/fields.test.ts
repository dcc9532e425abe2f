import { bn254 } from '@noble/curves/bn254.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { edgeValues, fieldValues } from '../../support/edge-values.ts';
import {
  type KernelBench,
  openKernelBench,
  putElements,
  putIntegers,
  putPairs,
  quotient,
  takeIntegers,
  takePairs,
  variantsHere,
} from '../../support/kernel-bench.ts';
import { seededRandom } from '../../support/random.ts';

const { Fp: Fq, Fr } = bn254.fields;

describe.each(variantsHere)('%s', (variant) => {
  let bench: KernelBench;
  beforeAll(async () => {
    bench = await openKernelBench(variant);
  });

  /** Both halves of the pair: a·b and b·a. */
  const productFq = (a: bigint, b: bigint) => {
    const { arena, kernel } = bench;
    const mark = arena.mark;
    const [x, y, to] = [putIntegers(arena, [a]), putIntegers(arena, [b]), arena.allocate(64)];
    kernel.multiplyFq(to, x, y, arena.allocate(160));
    const products = takeIntegers(arena, to, 2);
    arena.release(mark);
    return products;
  };
  const expectProductFq = (a: bigint, b: bigint) => {
    const expected = Fq.mul(Fq.create(a), Fq.create(b));
    if (productFq(a, b).some((product) => product !== expected)) {
      expect(productFq(a, b), `${a} · ${b}`).toEqual([expected, expected]);
    }
  };

  test('products in Fq: edges with each other, and random values', () => {
    const edges = edgeValues(Fq.ORDER);
    for (const [i, a] of edges.entries()) {
      for (const b of [0n, 1n, Fq.ORDER - 1n, Fq.ORDER / 2n, edges[(7 * i) % edges.length] ?? 0n]) {
        expectProductFq(a, b);
      }
    }
    const values = fieldValues(2000, Fq.ORDER, seededRandom(`fields ${variant}`));
    for (let i = 1; i < values.length; i++) expectProductFq(values[i - 1] ?? 0n, values[i] ?? 0n);
  });

  test('integers up to 2^256 enter the field reduced', () => {
    const one = 1n;
    for (const value of [Fq.ORDER, Fq.ORDER + one, 2n * Fq.ORDER, 2n ** 255n, 2n ** 256n - one]) {
      expectProductFq(value, one);
      expectProductFq(value, value);
    }
  });

  test('every edge of Fr comes back as it went in', () => {
    const edges = edgeValues(Fr.ORDER);
    const values = edges.length % 2 ? [...edges, 5n] : edges;
    expect(takePairs(bench, putPairs(bench, values), values.length)).toEqual(values);
  });

  test('a·b − c in Fr, with edges and random values', () => {
    const random = seededRandom(`quotient ${variant}`);
    const [a, b, c] = [1, 2, 3].map(() => fieldValues(3000, Fr.ORDER, random)) as [
      bigint[],
      bigint[],
      bigint[],
    ];
    // Differences that vanish are edges too.
    const same = a.map((x, i) => (i % 5 === 0 ? Fr.mul(x, b[i] ?? 0n) : (c[i] ?? 0n)));
    const at = [a, b, same].map((values) => putPairs(bench, values)) as [number, number, number];
    const expected = a.map((x, i) => Fr.sub(Fr.mul(x, b[i] ?? 0n), same[i] ?? 0n));
    expect(quotient(bench, ...at, a.length)).toEqual(expected);
  });

  test('coefficients x·2^512 enter as x', () => {
    const { arena, kernel } = bench;
    const values = fieldValues(200, Fr.ORDER, seededRandom('coefficients'));
    const stored = putIntegers(
      arena,
      values.map((value) => Fr.mul(value, Fr.create(2n ** 512n))),
    );
    const elements = arena.allocate(40 * values.length);
    kernel.importScalars(elements, stored, values.length, kernel.scalarFromCoefficient());
    const pairs = arena.allocate(40 * values.length);
    kernel.pairUp(pairs, elements, values.length / 2, 1);
    expect(takePairs(bench, pairs, values.length)).toEqual(values);
  });

  test('products of pairs, in place', () => {
    const random = seededRandom(`pairs ${variant}`);
    const [a, b] = [1, 2].map(() => fieldValues(500, Fr.ORDER, random)) as [bigint[], bigint[]];
    const [x, y] = [putPairs(bench, a), putPairs(bench, b)];
    bench.kernel.multiplyPairs(x, x, y, a.length / 2);
    expect(takePairs(bench, x, a.length)).toEqual(a.map((value, i) => Fr.mul(value, b[i] ?? 0n)));
  });

  test('powers, and pairs at a stride and at bit-reversed places', () => {
    const { arena, kernel } = bench;
    const [first, base] = fieldValues(2, Fr.ORDER, seededRandom('powers')) as [bigint, bigint];
    const alike = (value: bigint) => putPairs(bench, [value, value]);
    const list = arena.allocate(40 * 64);
    kernel.powers(list, 64, alike(first), alike(base));
    const expected = Array.from({ length: 64 }, (_, i) => Fr.mul(first, Fr.pow(base, BigInt(i))));
    const pairs = arena.allocate(40 * 64);
    kernel.pairUp(pairs, list, 32, 1);
    expect(takePairs(bench, pairs, 64)).toEqual(expected);
    kernel.pairUp(pairs, list, 8, 4);
    expect(takePairs(bench, pairs, 16)).toEqual(expected.filter((_, i) => i % 4 === 0));
    for (const power of [1, 2, 6]) {
      kernel.pairUpReversed(pairs, list, power);
      const reversed = (i: number) =>
        Number.parseInt(i.toString(2).padStart(power, '0').split('').reverse().join(''), 2);
      expect(takePairs(bench, pairs, 2 ** power)).toEqual(
        Array.from({ length: 2 ** power }, (_, i) => expected[reversed(i)]),
      );
    }
  });

  test('elements are what pairs are made of', () => {
    const values = fieldValues(8, Fr.ORDER, seededRandom('elements'));
    const elements = putElements(bench, values);
    const pairs = bench.arena.allocate(40 * 8);
    // Each with the one four places on.
    bench.kernel.pairUp(pairs, elements, 1, 4);
    expect(takePairs(bench, pairs, 2)).toEqual([values[0], values[4]]);
  });
});
