import { bn254 } from '@noble/curves/bn254.js';
import { describe, expect, test } from 'vitest';
import { loadKey } from '../../../src/groth16/engine/loaded-key.ts';
import { lagrangeAt, rootOfUnity } from '../../../src/groth16/lagrange.ts';
import type { Coefficient } from '../../../src/groth16/qap.ts';
import { edgeValues, fieldValues } from '../../support/edge-values.ts';
import {
  openKernelBench,
  putElements,
  putPairs,
  takePairs,
  variantsHere,
} from '../../support/kernel-bench.ts';
import { seededRandom } from '../../support/random.ts';
import { pointlessKey } from '../../support/small-key.ts';

const { Fr } = bn254.fields;
const sum = (values: readonly bigint[]) => values.reduce((a, b) => Fr.add(a, b), 0n);

/** By size: each row the Lagrange polynomials of the domain at a point of its coset, the odd 2N-th roots. */
const lagrangeRows = new Map<number, bigint[][]>();

/** The polynomial with these values on the domain, evaluated on its coset. */
function onCoset(values: readonly bigint[], power: number): bigint[] {
  const root = rootOfUnity(power + 1);
  const rows =
    lagrangeRows.get(power) ??
    values.map((_, i) => lagrangeAt(Fr.pow(root, BigInt(2 * i + 1)), power));
  lagrangeRows.set(power, rows);
  return rows.map((row) => sum(values.map((value, k) => Fr.mul(value, row[k] ?? 0n))));
}

describe.each(variantsHere)('%s', (variant) => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'values on the domain of 2^%i become values on its coset',
    async (power) => {
      const bench = await openKernelBench(variant);
      const { kernel, arena } = bench;
      const size = 2 ** power;
      const key = loadKey(pointlessKey(power, 1, []), kernel, arena, false);
      const random = seededRandom(`transform ${power}`);
      for (const values of [
        Array.from({ length: size }, () => random.fr() as bigint),
        fieldValues(size, Fr.ORDER, random),
        new Array<bigint>(size).fill(Fr.ORDER - 1n),
        new Array<bigint>(size).fill(0n).with(random.int(0, size - 1), 1n),
      ]) {
        const data = putPairs(bench, values);
        kernel.transformDown(data, power, key.twiddles.down);
        kernel.multiplyPairs(data, data, key.shifts, size / 2);
        kernel.transformUp(data, power, key.twiddles.up);
        expect(takePairs(bench, data, size)).toEqual(onCoset(values, power));
      }
    },
    30_000,
  );

  test('down and up again multiplies by the size, over 2^12 elements', async () => {
    const power = 12;
    const bench = await openKernelBench(variant);
    const key = loadKey(pointlessKey(power, 1, []), bench.kernel, bench.arena, false);
    const values = fieldValues(2 ** power, Fr.ORDER, seededRandom('there and back'));
    const data = putPairs(bench, values);
    bench.kernel.transformDown(data, power, key.twiddles.down);
    bench.kernel.transformUp(data, power, key.twiddles.up);
    const size = BigInt(2 ** power);
    expect(takePairs(bench, data, values.length)).toEqual(values.map((x) => Fr.mul(x, size)));
  });
});

describe.each(variantsHere)('%s: rows', (variant) => {
  const random = seededRandom('rows');
  const wireCount = 37;
  const wires = fieldValues(wireCount + 1, Fr.ORDER, random);
  const edges = edgeValues(Fr.ORDER);

  /** Rows of no, one, two, many terms, terms of the same wire, in no order. */
  const matrix = (size: number): Coefficient[] => {
    const terms: Coefficient[] = [];
    for (let row = 0; row < size; row++) {
      for (const which of [0, 1] as const) {
        const count = random.pick([0, 0, 1, 1, 2, 3, 8, 9, 200]);
        for (let i = 0; i < count; i++) {
          const value = random.pick([random.fr(), random.pick(edges), 1n, Fr.ORDER - 1n]);
          const signal = random.int(0, wireCount - 1);
          terms.push({ matrix: which, constraint: row, signal, value });
        }
      }
    }
    return terms
      .map((term) => ({ term, key: random.bits(64) }))
      .sort((a, b) => (a.key < b.key ? -1 : 1))
      .map(({ term }) => term);
  };

  test.each([1, 2, 3, 6])('of a domain of 2^%i', async (power) => {
    const bench = await openKernelBench(variant);
    const size = 2 ** power;
    const coefficients = matrix(size);
    const key = loadKey(
      pointlessKey(power, wireCount, coefficients),
      bench.kernel,
      bench.arena,
      false,
    );
    const values = putElements(bench, wires);
    for (const which of [0, 1] as const) {
      const to = bench.arena.allocate(40 * size);
      // In two parts, as tasks do.
      const middle = size > 2 ? size / 2 : 0;
      for (const [from, end] of [
        [0, middle],
        [middle, size],
      ] as const) {
        bench.kernel.evaluateRows(to, key.rows[which], key.terms, key.values, values, from, end);
      }
      const expected = Array.from({ length: size }, (_, row) =>
        sum(
          coefficients
            .filter((term) => term.matrix === which && term.constraint === row)
            .map((term) => Fr.mul(term.value, wires[term.signal] ?? 0n)),
        ),
      );
      expect(takePairs(bench, to, size)).toEqual(expected);
    }
  });

  test.each([
    ['matrix', { matrix: 2 }],
    ['row', { constraint: 8 }],
    ['wire', { signal: wireCount }],
  ])('a coefficient of a %s out of range is refused', async (_, change) => {
    const { kernel, arena } = await openKernelBench(variant);
    const good = { matrix: 1, constraint: 7, signal: wireCount - 1, value: 1n } as const;
    loadKey(pointlessKey(3, wireCount, [good, good]), kernel, arena, false);
    const key = pointlessKey(3, wireCount, [good, { ...good, ...change } as Coefficient]);
    expect(() => loadKey(key, kernel, arena, false)).toThrow(
      expect.objectContaining({ code: 'key.bad_file' }),
    );
  });
});
