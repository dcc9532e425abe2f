import { toMonthIndex } from '../../../src/core/month.ts';
import { LEDGER_END, LEDGER_START } from '../../../src/ledger/month-set.ts';
import { bestRuns } from '../../../src/statements/best-runs.ts';
import { randomAccount } from '../accounts.ts';
import type { Random } from '../random.ts';
import type { Question } from '../statement-witness.ts';

/** A random account asked for one month less than it has, as many, and one more; or one late month. */
export function coverageEdges(random: Random): Question[] {
  const record = randomAccount(random);
  const epochMonth = random.int(LEDGER_START, LEDGER_END);
  const to = random.int(LEDGER_START, epochMonth);
  const from = random.int(LEDGER_START, to);
  const insurance = random.int(0, 4);
  const place = (runs: readonly { place: bigint }[]) =>
    random.int(0, 2) === 0 && runs.length > 0 ? random.pick(runs).place : 0n;
  const region = place(record.regionRuns);
  const employer = place(record.employerRuns);
  const maxLateMonths = random.pick([1023, 1023, 200, 40]);
  const best = bestRuns(record.regionRuns, record.employerRuns, {
    coverage: record.coverage[insurance] ?? { paid: 0n, late: 0n },
    insurance,
    from: toMonthIndex(from),
    to: toMonthIndex(to),
    region,
    employer,
    maxLateMonths,
  });
  const exact = best?.paidMonths ?? 1;
  // A third of the time the late months are the edge instead.
  const lateEdge = random.int(0, 2) === 0 ? best?.lateMonths : undefined;
  return [-1, 0, 1].map((step) => ({
    record,
    epochMonth,
    params: {
      identityBefore: 0n,
      insurance: BigInt(insurance),
      minMonths: BigInt(Math.max(lateEdge === undefined ? exact + step : 1, 1)),
      from: BigInt(from),
      to: BigInt(to),
      maxLateMonths: BigInt(Math.max(lateEdge === undefined ? maxLateMonths : lateEdge + step, 0)),
      region,
      employer,
    },
  }));
}
