import { bn254 } from '@noble/curves/bn254.js';
import { describe, expect, test } from 'vitest';
import { cutOf, recode } from '../../../src/groth16/engine/multi-scalar.ts';
import { openKernelBench, putIntegers } from '../../support/kernel-bench.ts';
import { seededRandom } from '../../support/random.ts';

const r = bn254.fields.Fr.ORDER;
/** λ·(x, y) = (β·x, y) in G1, with β a cube root of one. */
const lambda = 4407920970296243842393367215006156084916469457145843978461n;

test('λ is a cube root of one', () => {
  expect((lambda * lambda + lambda + 1n) % r).toBe(0n);
});

describe.each([4, 9, 12, 15])('digits of %i bits', (width) => {
  const random = seededRandom(`digits of ${width} bits`);
  const edges = [0n, 1n, (1n << 127n) - 1n, 1n << 127n, 1n << 128n, lambda, r - lambda, r / 2n];
  const scalars = [
    ...edges,
    ...edges.map((k) => (r - 1n - k + r) % r),
    ...Array.from({ length: 3000 }, () => random.fr()),
    ...Array.from({ length: 254 }, (_, bit) => (1n << BigInt(bit)) % r),
    ...Array.from({ length: 254 }, (_, bit) => (r - (1n << BigInt(bit)) + r) % r),
    // Small multiples of λ, and sums with them: a half is small or negative.
    ...Array.from(
      { length: 200 },
      (_, i) => (BigInt(i - 100) * lambda + BigInt(i % 7) + r * r) % r,
    ),
  ];

  test.each([true, false])('make up the scalar, table: %s', async (hasTable) => {
    const cut = cutOf(width, hasTable);
    const { arena, executor } = await openKernelBench('limbs');
    const at = arena.allocate(2 * cut.windows * scalars.length);
    await executor.run([recode(cut, at, putIntegers(arena, scalars), scalars.length)]);
    const digits = new Int16Array(arena.memory.buffer, at, cut.windows * scalars.length);
    const half = 2 ** (width - 1);
    const levelWindows = hasTable ? cut.windows : cut.sets;
    for (const [i, scalar] of scalars.entries()) {
      let sum = 0n;
      for (const [w, digit] of digits.subarray(i * cut.windows, (i + 1) * cut.windows).entries()) {
        if (Math.abs(digit) > half) expect.fail(`digit ${digit} of ${scalar}`);
        const level = w >= levelWindows ? lambda : 1n;
        sum += (BigInt(digit) * level) << BigInt(width * (w % levelWindows));
      }
      if ((((sum - scalar) % r) + r) % r !== 0n) expect.fail(`digits of ${scalar} make ${sum}`);
    }
  });
});
