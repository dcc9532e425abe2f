import { openClosing } from '../authority/open-closing.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { ClosingPeers } from '../service/bureau/closing-worker.ts';
import type { Service } from '../service/service.ts';

/**
 * The other authorities of `CANBAO_PEERS`, asked in the name of the one whose key is here. They read
 * the ledger from `canbao authority serve`, which runs beside the service on the same PostgreSQL.
 */
export function closingPeers(
  peers: readonly URL[],
): ((service: Service) => Promise<ClosingPeers>) | undefined {
  if (peers.length === 0) return undefined;
  return async ({ bureau, chain, clock }) => {
    const [account] = await bureau.authorities();
    if (!account) throw new CanbaoError('authority.no_key');
    return openClosing({ store: bureau.store, registry: chain.registry, account, peers, clock });
  };
}
