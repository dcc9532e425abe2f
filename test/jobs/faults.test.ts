import { expect, it } from 'vitest';
import { checks } from '../../scripts/faults/checks.ts';

/**
 * The first rounds of the checks that `npm run test:faults` runs at length: a few of each. Planted
 * faults have a test of their own, on a smaller ledger.
 */
const rounds: Readonly<Record<string, number>> = {
  reorganisations: 3,
  'rpc-faults': 16,
  races: 3,
};

for (const check of checks.filter(({ name }) => name in rounds)) {
  const count = rounds[check.name];
  const skipped = check.unavailable?.() !== undefined;
  it.skipIf(skipped)(
    `${check.name}: ${count} rounds, ledger and chain agree after each`,
    async () => {
      const { figures, failures } = await check.run(count ?? 0, 'test', () => {});
      expect(failures).toEqual([]);
      expect(figures.rounds).toBe(count);
    },
  );
}
