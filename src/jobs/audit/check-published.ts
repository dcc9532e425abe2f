import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import { compareSources } from './compare-sources.ts';
import { type EpochSource, epochKey } from './epoch-source.ts';
import { epochLabel, type Finding, finding } from './finding.ts';

/**
 * The ledger against what is published: the same roots in the order they were built, and states to
 * match. What is only built or signed here need not be published yet.
 * @param known roots that were published before the ledger was read
 */
export function checkPublished(
  epochs: readonly StoredEpoch[],
  reference: EpochSource,
  known: number,
): Finding[] {
  const published = new Set(reference.epochs.map(epochKey));
  const findings: Finding[] = [];
  for (const epoch of epochs) {
    const facts = { epoch: epochLabel(epoch), state: epoch.state, source: reference.name };
    const isSent = epoch.state === 'submitted' || epoch.state === 'final';
    if (!published.has(epochKey(epoch))) {
      if (isSent) findings.push(finding('audit.not_published', facts));
    } else if (!isSent) findings.push(finding('audit.state_behind', facts));
  }
  const own = {
    name: 'ledger',
    epochs: epochs
      .filter((epoch) => published.has(epochKey(epoch)))
      .map(({ root, month, revision, accountCount }) => ({
        ...{ root, month, revision },
        accounts: accountCount,
      })),
  };
  return [...findings, ...compareSources(reference, own, { otherMayEnd: false, known })];
}
