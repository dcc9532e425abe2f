import type { MonthIndex } from '../core/month.ts';
import { LEDGER_END, LEDGER_START } from '../ledger/month-set.ts';
import type { Run } from '../ledger/runs.ts';
import { type RunQuestion, runsInPlace } from './best-runs.ts';
import { monthCounts } from './month-counts.ts';

export interface CoverageQuestion extends RunQuestion {
  readonly minMonths: number;
}

/** Months [from, to] in which the places asked hold; `to` is infinite while they go on. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * The first month, after the window asked, up to which the same question would be answered if every
 * month after the ledger's is paid when due, in the places asked. A window that must be paid
 * throughout moves along; any other grows. undefined where it never comes, or the ledger ends first.
 */
export function earliestCoverage(
  regionRuns: readonly Run[],
  employerRuns: readonly Run[],
  question: CoverageQuestion,
  epochMonth: MonthIndex,
): MonthIndex | undefined {
  const { coverage, minMonths, maxLateMonths, from, to } = question;
  const paid = monthCounts(coverage.paid, epochMonth, true);
  const late = monthCounts(coverage.late, epochMonth, false);
  const isMoving = to - from + 1 === minMonths;
  let best: number | undefined;
  for (const span of placeSpans(regionRuns, employerRuns, question, epochMonth)) {
    const last = Math.min((best ?? LEDGER_END + 1) - 1, LEDGER_END, span.to);
    for (let month = Math.max(to + 1, span.from); month <= last; month++) {
      const start = Math.max(isMoving ? month - minMonths + 1 : from, span.from);
      if (paid(start, month) < minMonths) continue;
      if (late(start, month) <= maxLateMonths) best = month;
      // A growing window keeps its late months; a moving one leaves them behind.
      if (best === month || !isMoving) break;
    }
  }
  return best as MonthIndex | undefined;
}

/** Every overlap of a run in the city with one by the employer, and the one that begins anew. */
function placeSpans(
  regionRuns: readonly Run[],
  employerRuns: readonly Run[],
  { region, employer, insurance, coverage }: CoverageQuestion,
  epochMonth: MonthIndex,
): Span[] {
  const latest = latestPaid(coverage.paid, epochMonth);
  const spans = (runs: readonly Run[], place: bigint): Span[] => {
    if (place === 0n) return [{ from: LEDGER_START, to: Number.POSITIVE_INFINITY }];
    const known = runsInPlace(runs, place, insurance).map((run) => ({
      from: run.from,
      // Nothing was paid elsewhere since: what is paid next goes on with it.
      to: run.to >= latest && run.from <= epochMonth ? Number.POSITIVE_INFINITY : run.to,
    }));
    return [...known, { from: epochMonth + 1, to: Number.POSITIVE_INFINITY }];
  };
  const employers = spans(employerRuns, employer);
  return spans(regionRuns, region).flatMap((a) =>
    employers.map((b) => ({ from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) })),
  );
}

/** The last month paid up to the ledger's; before its start where there is none. */
function latestPaid(paid: bigint, epochMonth: MonthIndex): number {
  const bits = BigInt(Math.max(epochMonth - LEDGER_START + 1, 0));
  const closed = BigInt.asUintN(Number(bits), paid);
  return LEDGER_START + closed.toString(2).length - (closed === 0n ? 2 : 1);
}
