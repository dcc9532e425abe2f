import { describe, expect, it } from 'vitest';
import { mod } from '../../scripts/soundness/circuit/field-arithmetic.ts';
import { jacobianCheck } from '../../scripts/soundness/jacobian/jacobian-check.ts';
import { kernelSupport } from '../../scripts/soundness/jacobian/kernel.ts';
import { mutationCheck } from '../../scripts/soundness/mutation/mutation-check.ts';
import { seededRandom } from '../support/random.ts';
import { survivorsOf } from './tiny-statement.ts';

/** Two factors of a number: neither moves alone, both do together. Any two in the first. */
const factors = (pinned: string) => `pragma circom 2.2.0;
template Tiny() {
    signal input product;
    signal input shift;
    signal output shifted;
    signal first;
    signal second;
    first <-- 2;
    second <-- product / 2;
    ${pinned}
    first * second === product;
    shifted <== first * shift;
}
component main {public [product, shift]} = Tiny();`;

/** A path of one level whose position is a number, not a bit: one kind of free pair. */
const selector = (check: string) => `pragma circom 2.2.0;
template Tiny() {
    signal input leaf;
    signal input sibling;
    signal input position;
    signal output left;
    signal bit;
    signal half;
    bit <-- position & 1;
    half <-- position >> 1;
    ${check}
    bit + 2 * half === position;
    left <== leaf + bit * (sibling - leaf);
}
component main {public [leaf, sibling, position]} = Tiny();`;

describe('jacobian', () => {
  it('finds two wires that are free together, which mutation cannot', async () => {
    const inputs = { product: 6n, shift: 5n };
    const free = { source: factors(''), inputs };
    expect(await survivorsOf(mutationCheck, free)).toEqual([]);
    expect((await survivorsOf(jacobianCheck, free)).sort()).toEqual(['first', 'second', 'shifted']);
    expect(await survivorsOf(jacobianCheck, { source: factors('first === 2;'), inputs })).toEqual(
      [],
    );
  });

  it('finds the digit of a position that nothing makes a bit', async () => {
    const inputs = { leaf: 11n, sibling: 22n, position: 1n };
    expect(await survivorsOf(jacobianCheck, { source: selector(''), inputs })).toContain('left');
    const checked = 'bit * (bit - 1) === 0; half * (half - 1) === 0;';
    expect(await survivorsOf(jacobianCheck, { source: selector(checked), inputs })).toEqual([]);
  });
});

describe('kernel of a sparse matrix', () => {
  it('has the rank and the support that a dense elimination of known factors has', () => {
    const random = seededRandom('kernel');
    for (let round = 0; round < 40; round++) {
      const columns = random.int(1, 12);
      const rank = random.int(0, columns);
      // Columns from `rank` on are combinations of the ones before: matrix = L · [I | M].
      const mix = Array.from({ length: rank }, () =>
        Array.from({ length: columns - rank }, () => (random.int(0, 2) === 0 ? random.fr() : 0n)),
      );
      const basis = Array.from({ length: rank }, (_, i) =>
        Array.from({ length: columns }, (_, j) =>
          j < rank ? BigInt(i === j) : (mix[i]?.[j - rank] ?? 0n),
        ),
      );
      const rows = Array.from({ length: rank + random.int(0, 4) }, (_, i) => {
        const weights = basis.map((_, k) => (i < rank ? BigInt(i === k) : random.fr()));
        const row = new Map<number, bigint>();
        for (let j = 0; j < columns; j++) {
          const value = mod(
            basis.reduce((sum, b, k) => sum + (weights[k] ?? 0n) * (b[j] ?? 0n), 0n),
          );
          if (value !== 0n) row.set(j, value);
        }
        return row;
      });
      const kernel = kernelSupport(rows, [...Array(columns).keys()]);
      const expected = new Set<number>();
      for (let j = rank; j < columns; j++) {
        expected.add(j);
        for (const [i, row] of mix.entries()) if (row[j - rank] !== 0n) expected.add(i);
      }
      expect(kernel.rank).toBe(rank);
      expect([...kernel.support].sort((a, b) => a - b)).toEqual(
        [...expected].sort((a, b) => a - b),
      );
    }
  });
});
