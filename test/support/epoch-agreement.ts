import { allEpochs, type RegistryContract } from '../../src/chain/registry.ts';
import { publishedHistory } from '../../src/chain/registry-history.ts';
import { listEpochs } from '../../src/ledger/store/epochs.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';

/**
 * In what the ledger's epochs and the chain's differ: the same roots in the same order, each
 * published once, and final. Empty where they agree.
 */
export async function disagreements(store: Store, registry: RegistryContract): Promise<string[]> {
  const atHead = { ...registry, confirmations: 1 };
  const [ledger, chain, history] = await Promise.all([
    listEpochs(store),
    allEpochs(atHead),
    publishedHistory(atHead),
  ]);
  const found: string[] = [];
  for (const { month, revision, state } of ledger) {
    if (state !== 'final') found.push(`month ${month}, revision ${revision} is ${state}`);
  }
  const said = (epochs: readonly Named[]) =>
    epochs.map(({ month, revision, root, accounts }) => `${month}.${revision} ${root} ${accounts}`);
  const own = said(ledger.map((one) => ({ ...one, accounts: one.accountCount })));
  compare(found, 'the ledger', own, 'the chain', said(chain));
  const events = said(history.epochs.map((one) => ({ ...one, root: one.epochRoot })));
  compare(found, 'the chain', said(chain), 'its events', events);
  return found;
}

interface Named {
  readonly month: number;
  readonly revision: number;
  readonly root: bigint;
  readonly accounts: number;
}

function compare(
  found: string[],
  what: string,
  some: readonly string[],
  other: string,
  others: readonly string[],
): void {
  for (let i = 0; i < Math.max(some.length, others.length); i++) {
    if (some[i] !== others[i]) {
      found.push(`number ${i}: ${what} has ${some[i]}, ${other} ${others[i]}`);
    }
  }
}
