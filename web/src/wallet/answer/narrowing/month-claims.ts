import type { Params } from '../../../../../src/statements/statement-text.ts';

/** At least so many months of a window were paid. */
export interface MonthClaim {
  readonly from: number;
  readonly to: number;
  readonly months: number;
}

const lengthOf = ({ from, to }: MonthClaim) => to - from + 1;

/** What is left of a window where another is taken away. */
function outside(claim: MonthClaim, other: MonthClaim): number {
  const shared = Math.min(claim.to, other.to) - Math.max(claim.from, other.from) + 1;
  return lengthOf(claim) - Math.max(0, shared);
}

/** Least months of `other`'s that must lie in `claim`'s window. */
function impliedBy(other: MonthClaim, claim: MonthClaim): number {
  return other.months - outside(other, claim);
}

/**
 * What several answers say together: each window with the most that any of them says of it; a window
 * is left out where another says all of it.
 */
export function joinClaims(asked: readonly Params[]): MonthClaim[] {
  const claims = asked.map(
    ({ from = 0n, to = 0n, minMonths = 0n }): MonthClaim => ({
      from: Number(from),
      to: Number(to),
      months: Number(minMonths),
    }),
  );
  const strongest = claims.map((claim) => ({
    ...claim,
    months: Math.max(...claims.map((other) => impliedBy(other, claim))),
  }));
  const isTold = (claim: MonthClaim, i: number) =>
    strongest.some(
      (other, j) =>
        j !== i &&
        impliedBy(other, claim) >= claim.months &&
        // Of two that say the same, the first stays.
        (impliedBy(claim, other) < other.months || j < i),
    );
  return strongest.filter((claim, i) => !isTold(claim, i)).sort((a, b) => a.from - b.from);
}
