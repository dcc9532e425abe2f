import { type MonthIndex, toMonthIndex } from '../core/month.ts';
import type { Coverage } from '../ledger/account.ts';
import { countMonths } from '../ledger/month-set.ts';
import type { Run } from '../ledger/runs.ts';

/** A choice of runs and what is paid where they and the window overlap. */
export interface RunChoice {
  /** undefined where no city is asked. */
  readonly region: Run | undefined;
  /** undefined where no employer is asked. */
  readonly employer: Run | undefined;
  readonly paidMonths: number;
  readonly lateMonths: number;
}

/** What a choice is made from. */
export interface RunQuestion {
  readonly coverage: Coverage;
  /** Index of the insurance asked. */
  readonly insurance: number;
  readonly from: MonthIndex;
  readonly to: MonthIndex;
  /** Packed place, 0 = not asked. */
  readonly region: bigint;
  readonly employer: bigint;
  /** A choice within this many late months is better than one with more. */
  readonly maxLateMonths: number;
}

/**
 * The pair of runs that shows most: one proof opens one run in the city and one with the employer.
 * Choices within the allowed late months come first, then the most months paid.
 * undefined if the account has no run in the city, or with the employer, at all.
 */
export function bestRuns(
  regionRuns: readonly Run[],
  employerRuns: readonly Run[],
  question: RunQuestion,
): RunChoice | undefined {
  const candidates = (runs: readonly Run[], place: bigint) =>
    place === 0n ? [undefined] : runsInPlace(runs, place, question.insurance);
  let best: RunChoice | undefined;
  for (const region of candidates(regionRuns, question.region)) {
    for (const employer of candidates(employerRuns, question.employer)) {
      const choice = measure(question, region, employer);
      if (!best || isBetter(choice, best, question.maxLateMonths)) best = choice;
    }
  }
  return best;
}

/** Runs that hold for an insurance in a city, or with an employer. */
export function runsInPlace(runs: readonly Run[], place: bigint, insurance: number): Run[] {
  return runs.filter((run) => run.place === place && ((run.insuranceMask >> insurance) & 1) === 1);
}

function measure(question: RunQuestion, region?: Run, employer?: Run): RunChoice {
  const from = Math.max(question.from, region?.from ?? 0, employer?.from ?? 0);
  const to = Math.min(question.to, region?.to ?? question.to, employer?.to ?? question.to);
  const count = (set: bigint) => countMonths(set, toMonthIndex(from), toMonthIndex(to));
  return {
    region,
    employer,
    paidMonths: count(question.coverage.paid),
    lateMonths: count(question.coverage.late),
  };
}

function isBetter(a: RunChoice, b: RunChoice, maxLateMonths: number): boolean {
  const aFits = a.lateMonths <= maxLateMonths;
  const bFits = b.lateMonths <= maxLateMonths;
  if (aFits !== bFits) return aFits;
  return a.paidMonths > b.paidMonths;
}
