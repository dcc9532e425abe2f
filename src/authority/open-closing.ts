import type { LocalAccount } from 'viem';
import type { RegistryContract } from '../chain/registry.ts';
import type { Clock } from '../core/clock.ts';
import { type ListenAddress, listen } from '../http/listen.ts';
import type { PeerSigner } from '../jobs/peer-signatures.ts';
import type { Store } from '../ledger/store/open-store.ts';
import { authorityApp, type Tls } from './http/app.ts';
import { connectPeer } from './http/peer-connection.ts';
import { type PeerPatience, peerSigner } from './http/peer-signer.ts';

export interface ClosingOptions {
  readonly store: Store;
  readonly registry: RegistryContract;
  /** The authority that leads: peers are asked in its name. */
  readonly account: LocalAccount;
  readonly peers: readonly URL[];
  /**
   * Where the ledger is given out while the month is closed. An embedded database is one process's
   * alone; on PostgreSQL the authority's own server does it all the time.
   */
  readonly serve?: ListenAddress | undefined;
  readonly tls?: Tls | undefined;
  readonly patience?: PeerPatience;
  readonly clock: Clock;
}

/** What a leading authority needs of others while it closes a month. */
export interface Closing {
  readonly peers: readonly PeerSigner[];
  /** Where the ledger is given out, if it is. */
  readonly url: string | undefined;
  close(): Promise<void>;
}

/** @throws http.cannot_listen */
export async function openClosing(options: ClosingOptions): Promise<Closing> {
  const { store, registry, account, serve, tls, clock } = options;
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const peers = options.peers.map((url) =>
    peerSigner(connectPeer({ url, domain, account, clock }), options.patience),
  );
  if (!serve) return { peers, url: undefined, close: async () => {} };
  const app = await authorityApp({
    ...{ account, registry, requests: store, ledger: store, tls, clock },
  });
  return {
    peers,
    url: await listen(app, serve, tls ? 'https' : 'http'),
    close: () => app.close(),
  };
}
