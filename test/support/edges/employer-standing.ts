import { HEAD_COUNT_MONTHS } from '../../../src/ledger/employer-account.ts';
import { LEDGER_END, LEDGER_START } from '../../../src/ledger/month-set.ts';
import { randomEmployer } from '../accounts.ts';
import type { Random } from '../random.ts';
import type { Question } from '../statement-witness.ts';

/** A window that just fits the months paid in full, the 24 months of head-counts, or the fewest people. */
export function employerStandingEdges(random: Random): Question[] {
  const epochMonth = random.int(LEDGER_START + 100, LEDGER_END);
  const edge = random.int(0, 3);
  const isByPeople = edge === 3;
  const to = epochMonth - random.pick([0, random.int(0, isByPeople ? HEAD_COUNT_MONTHS - 1 : 30)]);
  const earliest = isByPeople ? epochMonth - HEAD_COUNT_MONTHS + 1 : LEDGER_START;
  const from = Math.max(to - random.int(0, 59), earliest);
  const bit = (month: number) => BigInt(month - LEDGER_START);
  const employed = randomEmployer(random);
  // The fewest people in the first month of the window, in the last, or anywhere.
  const fewestAt = random.pick([epochMonth - to, epochMonth - from, undefined]);
  const record = {
    ...employed,
    headCounts: employed.headCounts.map((people, at) =>
      at === fewestAt ? random.int(1, 9) : people,
    ),
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
  return [-1, 0, 1].map((step) => ({
    record,
    epochMonth,
    params: {
      identityBefore: 0n,
      employer,
      from: BigInt(clamp(edge === 0 ? from + step : edge === 1 ? epochMonth - 23 + step : from)),
      to: BigInt(clamp(edge === 2 ? to + step : to)),
      minPeople: BigInt(
        isByPeople
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
