import { expect, test } from 'vitest';
import { run } from '../../../scripts/faults/planted.ts';

// A sample of the thousand that `npx tsx scripts/faults/planted.ts` plants.
test('whatever is planted is found and named; a clean ledger gives no finding', async () => {
  const { figures, failures, kinds } = await run(24, 'sample', { people: 20 });
  expect(failures).toEqual([]);
  expect(figures).toMatchObject({ rounds: 24, detected: 24, kinds: 24, epochs: 6 });
  expect(figures).toMatchObject({ auditsOfTheUntouchedLedger: 2 });
  expect(
    Math.min(figures.changes ?? 0, figures.omissions ?? 0, figures.splits ?? 0),
  ).toBeGreaterThan(0);
  expect(Object.keys(kinds)).toHaveLength(24);
});
