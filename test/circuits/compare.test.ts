import { expect, it } from 'vitest';
import { probeComparators } from '../../scripts/soundness/planted/compare-probes.ts';

it('comparators are right in range, and refuse whatever lies outside', async () => {
  expect(await probeComparators()).toEqual([]);
});
