import { LEDGER_END, LEDGER_START } from '../../../src/ledger/month-set.ts';
import { randomEmployer } from '../accounts.ts';
import type { Random } from '../random.ts';
import type { Question } from '../statement-witness.ts';

/** A window that just fits the months paid in full, the 24 months of head-counts, or the fewest people. */
export function employerStandingEdges(random: Random): Question[] {
  const epochMonth = random.int(LEDGER_START + 100, LEDGER_END);
  const length = random.int(1, 60);
  const to = epochMonth - random.int(0, 30);
  const from = Math.max(to - length + 1, LEDGER_START);
  const bit = (month: number) => BigInt(month - LEDGER_START);
  const record = {
    ...randomEmployer(random),
    // Exactly the window, and noise well before it.
    paidInFull:
      (((1n << BigInt(to - from + 1)) - 1n) << bit(from)) |
      random.bits(Math.max(from - LEDGER_START - 1, 1)),
  };
  const counts = record.headCounts.slice(
    Math.max(epochMonth - to, 0),
    Math.max(epochMonth - from + 1, 0),
  );
  const fewest = counts.length > 0 ? Math.min(...counts) : 1;
  const employer = random.pick([0n, record.creditCode, record.creditCode, record.creditCode ^ 1n]);
  const isArrearsFree = BigInt(random.int(0, 1));
  const edge = random.int(0, 3);
  return [-1, 0, 1].map((step) => ({
    record,
    epochMonth,
    params: {
      identityBefore: 0n,
      employer,
      from: BigInt(clamp(edge === 0 ? from + step : edge === 1 ? epochMonth - 23 + step : from)),
      to: BigInt(clamp(edge === 2 ? to + step : to)),
      minPeople: BigInt(
        edge === 3
          ? Math.min(Math.max(fewest + step, 0), 65_535)
          : random.int(0, 1) * random.int(0, 9),
      ),
      isArrearsFree,
    },
  }));
}

function clamp(month: number): number {
  return Math.min(Math.max(month, LEDGER_START), LEDGER_END);
}
