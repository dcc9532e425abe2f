import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packageRoot } from '../../src/keys/paths.ts';
import { BATCHES, type GasTable, measureGas } from '../support/contract-gas.ts';

/**
 * What the contracts may use, of the code alone. The precompiles take 212,850 of a check, cold
 * accounts and storage 9,400: neither can be saved.
 */
const TARGETS = {
  check: 235_000,
  consume: 275_000,
  'publish, first month': 143_000,
  'publish, next month': 116_000,
  claim: 330_000,
} as const;

let table: GasTable;
beforeAll(async () => {
  table = await measureGas();
}, 120_000);

const executionOf = (name: string) => table[name]?.execution ?? Number.POSITIVE_INFINITY;

test.each(Object.entries(TARGETS))('%s uses at most %i', (name, target) => {
  expect(executionOf(name)).toBeLessThanOrEqual(target);
});

describe('a batch', () => {
  const each = (name: string, size: number) => executionOf(`${name} ${size}`) / size;

  test('is cheaper a proof than one by one, and the cheaper the larger', () => {
    expect(each('checkBatch', 10)).toBeLessThan(executionOf('check') / 3);
    expect(each('checkBatch', 50)).toBeLessThan(executionOf('check') / 4);
    expect(each('consumeBatch', 50)).toBeLessThan(executionOf('consume') / 3);
    for (const name of ['checkBatch', 'consumeBatch', 'admit']) {
      const costs = BATCHES.map((size) => each(name, size));
      expect(costs).toEqual([...costs].sort((a, b) => b - a));
    }
  });
});

test('the snapshot is of these contracts: npm run bench -- gas --write', () => {
  const snapshot = JSON.parse(readFileSync(join(packageRoot, 'docs', 'gas.json'), 'utf8'));
  expect(table).toEqual(snapshot);
});
