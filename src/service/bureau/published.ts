import { allEpochs, registryAuthorities } from '../../chain/registry.ts';
import type { PublishedEpoch } from '../../chain/types.ts';
import type { Service } from '../service.ts';

/** So long an answer of the chain is good, seconds: everybody asks for these, and they change once a month. */
export const PUBLISHED_SECONDS = 10;

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
}

export function published({ chain, clock }: Pick<Service, 'chain' | 'clock'>): Published {
  const { registry } = chain;
  const remembered = <T>(ask: () => Promise<T>) => remember(ask, clock);
  return {
    epochs: remembered(() => allEpochs(registry)),
    authorities: remembered(async () => {
      const { authorities, quorum } = await registryAuthorities(registry);
      const { chainId } = registry.chain;
      return { chainId, registry: registry.address, authorities, quorum };
    }),
  };
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
