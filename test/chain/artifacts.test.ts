import { expect, test } from 'vitest';
import { generateContracts } from '../../scripts/contracts.ts';

test('the artifacts are what the compiler makes of the contracts', async () => {
  expect(await generateContracts({ check: true })).toEqual([]);
});
