import type { PresentationRequest } from '../../../../src/request/presentation-request.ts';
import { type BaseBand, joinBands, tellsBase } from './narrowing/base-bands.ts';
import { joinClaims, type MonthClaim } from './narrowing/month-claims.ts';
import type { Shown } from './narrowing/shown.ts';

export type { Shown };

/** What somebody can tell from several answers, beyond the last of them. */
export type Together =
  /** The base lies in a band narrower than any that was asked. */
  | ({ readonly kind: 'base' } & BaseBand)
  /** How many months were paid, in windows. */
  | { readonly kind: 'months'; readonly claims: readonly MonthClaim[] }
  /** No more than each of them says. */
  | { readonly kind: 'each' };

export type Narrowing =
  /** So few people have an account that what is asked may be true of one alone. */
  | { readonly kind: 'few'; readonly accounts: number }
  /** The band asked is so narrow that it is the base itself. */
  | { readonly kind: 'band'; readonly request: PresentationRequest }
  /** Whoever asks has had the same statement with other thresholds. */
  | {
      readonly kind: 'again';
      readonly request: PresentationRequest;
      /** The newest first. */
      readonly earlier: readonly Shown[];
      readonly together: Together;
    };

/** Among fewer, a few facts point to one person. */
const FEW_ACCOUNTS = 100;

/**
 * What a holder should be told before they answer: pure, of what is asked now and what the same
 * asker has had already.
 * @param accounts people in the ledger; undefined where it is not known
 */
export function narrowingsOf(
  now: readonly Shown[],
  before: readonly Shown[],
  accounts: number | undefined,
): Narrowing[] {
  const few: Narrowing[] =
    accounts !== undefined && accounts < FEW_ACCOUNTS ? [{ kind: 'few', accounts }] : [];
  const asked = now.flatMap((shown): Narrowing[] => {
    const { request } = shown;
    const earlier = before
      .filter(
        (one) => isSameQuestion(one.request, request) && !isSameThreshold(one.request, request),
      )
      .sort((a, b) => b.at - a.at);
    const again: Narrowing[] =
      earlier.length > 0
        ? [{ kind: 'again', request, earlier, together: togetherOf(shown, earlier) }]
        : [];
    const band: Narrowing[] =
      request.statement === 'contribution-base@1' && tellsBase(request.params)
        ? [{ kind: 'band', request }]
        : [];
    return [...band, ...again];
  });
  return [...few, ...asked];
}

/** What of a statement's params says what is asked about; the others are thresholds. */
const SUBJECTS: Readonly<Record<string, readonly string[]>> = {
  'coverage@1': ['insurance', 'region', 'employer'],
  'contribution-base@1': ['insurance'],
  'benefit-status@1': ['benefit'],
};

/** By the same asker, about the same. */
function isSameQuestion(a: PresentationRequest, b: PresentationRequest): boolean {
  const subjects = SUBJECTS[b.statement] ?? [];
  return (
    a.audience === b.audience &&
    a.statement === b.statement &&
    subjects.every((name) => a.params[name] === b.params[name])
  );
}

/** The key's age says nothing of the record. */
function isSameThreshold(a: PresentationRequest, b: PresentationRequest): boolean {
  return Object.keys(b.params)
    .filter((name) => name !== 'identityBefore')
    .every((name) => a.params[name] === b.params[name]);
}

function togetherOf(now: Shown, earlier: readonly Shown[]): Together {
  const all = [now, ...earlier];
  if (now.request.statement === 'contribution-base@1') {
    const band = joinBands(all);
    return band ? { kind: 'base', ...band } : { kind: 'each' };
  }
  if (now.request.statement === 'coverage@1') {
    return { kind: 'months', claims: joinClaims(all.map(({ request }) => request.params)) };
  }
  return { kind: 'each' };
}
