import { allEpochs, registryAuthorities } from '../../chain/registry.ts';
import type { PublishedEpoch } from '../../chain/types.ts';
import { listSignatures } from '../../ledger/store/epoch-transitions.ts';
import { listEpochs, type StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import type { Service } from '../service.ts';

/** So long an answer of the chain is good, seconds: everybody asks for these, and they change once a month. */
export const PUBLISHED_SECONDS = 10;

/** A month as the bureau's own ledger has it, once it was sent to the chain. */
export interface LedgerEpoch
  extends Pick<StoredEpoch, 'month' | 'revision' | 'root' | 'txHash' | 'builtAt'> {
  readonly state: 'submitted' | 'final';
  readonly accounts: number;
  readonly employers: number;
  /** Addresses. */
  readonly signers: readonly string[];
}

/** What everybody may know of the ledger: its roots, and who signs them. */
export interface Published {
  /** Every root ever published, in order. @throws chain.unreachable, chain.rpc_failed */
  epochs(): Promise<readonly PublishedEpoch[]>;
  /** @throws as {@link epochs} */
  authorities(): Promise<{
    readonly chainId: number;
    readonly registry: string;
    readonly authorities: readonly string[];
    readonly quorum: number;
  }>;
  /** What the bureau's own ledger says of them, in the order they were built. */
  ledger(): Promise<readonly LedgerEpoch[]>;
}

export function published({
  chain,
  clock,
  bureau,
}: Pick<Service, 'chain' | 'clock' | 'bureau'>): Published {
  const { registry } = chain;
  const remembered = <T>(ask: () => Promise<T>) => remember(ask, clock);
  return {
    epochs: remembered(() => allEpochs(registry)),
    authorities: remembered(async () => {
      const { authorities, quorum } = await registryAuthorities(registry);
      const { chainId } = registry.chain;
      return { chainId, registry: registry.address, authorities, quorum };
    }),
    ledger: remembered(() => sentEpochs(bureau.store)),
  };
}

async function sentEpochs(store: Store): Promise<LedgerEpoch[]> {
  const told: LedgerEpoch[] = [];
  for (const epoch of await listEpochs(store)) {
    const { id, month, revision, root, state, txHash, builtAt } = epoch;
    if (state !== 'submitted' && state !== 'final') continue;
    const signatures = await listSignatures(store, id);
    told.push({
      ...{ month, revision, root, state, txHash, builtAt },
      ...{ accounts: epoch.accountCount, employers: epoch.employerCount },
      signers: signatures.map(({ authority }) => authority),
    });
  }
  return told;
}

/** Asks once for all who ask within a while; what failed is asked anew. */
function remember<T>(ask: () => Promise<T>, clock: () => number): () => Promise<T> {
  let kept: { readonly at: number; readonly answer: Promise<T> } | undefined;
  return () => {
    const now = clock();
    if (kept && now - kept.at < PUBLISHED_SECONDS && now >= kept.at) return kept.answer;
    const asked = { at: now, answer: ask() };
    kept = asked;
    asked.answer.catch(() => {
      if (kept === asked) kept = undefined;
    });
    return asked.answer;
  };
}
