import type { Address, LocalAccount } from 'viem';
import { expectAuthority, type RegistryContract, registryAuthorities } from '../chain/registry.ts';
import type { Clock } from '../core/clock.ts';
import { type ListenAddress, listen } from '../http/listen.ts';
import { wasmPoseidon } from '../ledger/build/poseidon-wasm.ts';
import { openStore, type Store } from '../ledger/store/open-store.ts';
import type { Home } from '../runtime/home.ts';
import { type AuthorityAppOptions, authorityApp, type Tls } from './http/app.ts';
import { coSignJobs } from './http/co-sign-job.ts';
import { connectPeer } from './http/peer-connection.ts';
import { peerLeader, peerOf } from './http/peer-leader.ts';

export interface ServeOptions
  extends Pick<AuthorityAppOptions, 'limits' | 'log'>,
    Pick<ListenAddress, 'host' | 'port'> {
  readonly home: Home;
  /** PostgreSQL: the ledger of this installation is given out from it, and the copy kept in it. */
  readonly databaseUrl?: string | undefined;
  readonly registry: RegistryContract;
  readonly account: LocalAccount;
  /** Where the other authorities are: whoever asks for a signature must be one of them. */
  readonly peers: readonly URL[];
  readonly tls?: Tls | undefined;
  readonly clock: Clock;
}

/** An authority's server at work. */
export interface ServedAuthority {
  readonly url: string;
  readonly address: Address;
  /** Answers what is under way, breaks a co-signature off, and lets go of the stores. */
  close(): Promise<void>;
}

/** On PostgreSQL the copy of another authority's ledger lies beside the installation's own. */
const COPY_SCHEMA = 'canbao_copy';

/**
 * Runs an authority of its own: it keeps a copy of the leading authority's ledger, computes each
 * month itself and signs its own result.
 * @throws authority.not_authority, chain.unreachable, ledger.store_busy, ledger.store_unavailable,
 * http.cannot_listen
 */
export async function serveAuthority(options: ServeOptions): Promise<ServedAuthority> {
  const { account, registry, databaseUrl, home, clock, tls } = options;
  expectAuthority((await registryAuthorities(registry)).authorities, account.address);
  const opened: Store[] = [];
  const open = async (...args: Parameters<typeof openStore>) => {
    const store = await openStore(...args);
    opened.push(store);
    return store;
  };
  const closeStores = async () => {
    for (const store of opened) await store.close();
  };
  try {
    const copy = await open(
      databaseUrl ? { databaseUrl, schema: COPY_SCHEMA } : { folder: home.path('copy') },
    );
    const ledger = databaseUrl ? await open({ databaseUrl }) : undefined;
    const domain = { chainId: registry.chain.chainId, registry: registry.address };
    const peers = options.peers.map((url) => connectPeer({ url, domain, account, clock }));
    const jobs = coSignJobs({
      ...{ account, registry, copy, clock },
      alsoSignsIn: ledger ? [ledger] : [],
      hash: await wasmPoseidon(),
    });
    const app = await authorityApp({
      ...{ account, registry, requests: copy, ledger, jobs, clock, tls },
      leaderOf: async (address, signal) =>
        peerLeader(await peerOf(peers, address, signal), address),
      ...(options.limits && { limits: options.limits }),
      ...(options.log && { log: options.log }),
    });
    const url = await listen(app, options, tls ? 'https' : 'http');
    return {
      url,
      address: account.address,
      async close() {
        await Promise.all([jobs.close(), app.close()]);
        await closeStores();
      },
    };
  } catch (error) {
    await closeStores();
    throw error;
  }
}
