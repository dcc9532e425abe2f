import { type EpochSource, epochKey, type SourceEpoch } from './epoch-source.ts';
import { epochLabel, type Finding, finding } from './finding.ts';

export interface CompareOptions {
  /**
   * Whether the other list may end earlier: an export of last month is no omission. What it lacks
   * in between is.
   */
  readonly otherMayEnd: boolean;
  /** Of the reference's roots so many were there before the other was read; default: all. */
  readonly known?: number;
}

/**
 * Two sources against each other: one root for a month and revision, the same roots, in the same
 * order, under the same facts.
 */
export function compareSources(
  reference: EpochSource,
  other: EpochSource,
  { otherMayEnd, known = reference.epochs.length }: CompareOptions,
): Finding[] {
  const findings: Finding[] = [];
  const names = { source: other.name, other: reference.name };
  const byKey = new Map(reference.epochs.map((epoch) => [epochKey(epoch), epoch]));
  const places = new Map(reference.epochs.map(({ root }, place) => [root, place]));
  const found = new Set<number>();
  let last = -1;
  for (const epoch of other.epochs) {
    const facts = { epoch: epochLabel(epoch), ...names };
    const same = byKey.get(epochKey(epoch));
    if (!same) {
      findings.push(
        finding('audit.epoch_omitted', {
          ...{ epoch: facts.epoch, source: reference.name, other: other.name },
        }),
      );
    } else if (same.root !== epoch.root) {
      const roots = { root: epoch.root, otherRoot: same.root };
      findings.push(finding('audit.split_view', { ...facts, ...roots }));
    } else {
      findings.push(...compareFacts(epoch, same, facts));
    }
    const place = places.get(same?.root ?? epoch.root);
    if (place === undefined) continue;
    found.add(place);
    if (place < last) findings.push(finding('audit.order_differs', facts));
    last = Math.max(last, place);
  }
  const end = otherMayEnd ? last : known;
  for (const [place, epoch] of reference.epochs.entries()) {
    if (place >= end || found.has(place)) continue;
    findings.push(finding('audit.epoch_omitted', { epoch: epochLabel(epoch), ...names }));
  }
  return findings;
}

function compareFacts(
  epoch: SourceEpoch,
  same: SourceEpoch,
  facts: { readonly epoch: string; readonly source: string; readonly other: string },
): Finding[] {
  const findings: Finding[] = [];
  if (
    epoch.accounts !== undefined &&
    same.accounts !== undefined &&
    epoch.accounts !== same.accounts
  ) {
    const counts = { accounts: epoch.accounts, otherAccounts: same.accounts };
    findings.push(finding('audit.accounts_differ', { ...facts, ...counts }));
  }
  for (const field of ['publishedAt', 'supersededAt', 'correctedAt'] as const) {
    const [actual, expected] = [epoch[field], same[field]];
    // An older list does not know yet what happened since.
    if (actual === undefined || actual === expected) continue;
    if (same.publishedAt === undefined) continue;
    const told = { field, actual, expected: expected ?? 'none' };
    findings.push(finding('audit.times_wrong', { ...facts, ...told }));
  }
  return findings;
}
