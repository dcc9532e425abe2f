import { expect, test } from 'vitest';
import { run } from '../../../scripts/faults/planted.ts';

// A sample of the thousand that `npx tsx scripts/faults/planted.ts` plants.
test('whatever is planted is found and named; a clean ledger gives no finding', async () => {
  const result = await run(30, 7, { people: 20 });
  expect(result.survivors).toEqual([]);
  expect(result).toMatchObject({ rounds: 30, detected: 30, epochs: 6 });
  expect(result.clean).toEqual({ audits: 2, findings: 0 });
  expect(Object.keys(result.kinds)).toHaveLength(30);
  for (const planted of Object.values(result.groups)) expect(planted).toBeGreaterThan(0);
});
