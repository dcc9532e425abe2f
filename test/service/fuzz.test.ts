import { expect, test } from 'vitest';
import { knownTo } from '../../scripts/fuzz/known.ts';
import { fuzz } from '../../scripts/fuzz/run.ts';
import { openTestService } from './service.ts';

/** A sample of what `npm run test:fuzz` does. */
const REQUESTS = 3000;

test('whatever it is asked, it answers with sense', async () => {
  await using canbao = await openTestService();
  const known = await knownTo(canbao);
  const report = await fuzz({ app: canbao.app, known, requests: REQUESTS, seed: 1 });
  expect(report.faults).toEqual([]);
  expect(report.requests).toBeGreaterThanOrEqual(REQUESTS);
  // Behind the checks of form and right, too.
  expect(report.statuses['200']).toBeGreaterThan(REQUESTS / 20);
});
