import { expect, it } from 'vitest';
import { checks } from '../../scripts/faults/checks.ts';

/** The first rounds of the checks that `npm run test:faults` runs at length: a few of each. */
const rounds: Readonly<Record<string, number>> = {
  reorganisations: 3,
  'rpc-faults': 16,
  races: 3,
};

for (const check of checks) {
  const count = rounds[check.name];
  const skipped = count === undefined || check.unavailable?.() !== undefined;
  it.skipIf(skipped)(
    `${check.name}: ${count} rounds, ledger and chain agree after each`,
    async () => {
      const { figures, failures } = await check.run(count ?? 0, 'test', () => {});
      expect(failures).toEqual([]);
      expect(figures.rounds).toBe(count);
    },
  );
}
