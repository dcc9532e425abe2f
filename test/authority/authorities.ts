import type { FastifyInstance } from 'fastify';
import type { LocalAccount } from 'viem';
import { type AppLimits, authorityApp } from '../../src/authority/http/app.ts';
import { coSignJobs } from '../../src/authority/http/co-sign-job.ts';
import { connectPeer, type PeerConnection } from '../../src/authority/http/peer-connection.ts';
import { peerLeader, peerOf } from '../../src/authority/http/peer-leader.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import { listen } from '../../src/http/listen.ts';
import type { EpochSigner } from '../../src/jobs/epoch-signatures.ts';
import { rebuildEpochRoot } from '../../src/ledger/build/rebuild-epoch-root.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';

export interface Served extends AsyncDisposable {
  readonly url: URL;
  readonly app: FastifyInstance;
}

const here = { host: '127.0.0.1', port: 0 };

export interface ServedOptions {
  readonly registry: RegistryContract;
  readonly account: LocalAccount;
  readonly store: Store;
  readonly limits?: Partial<AppLimits>;
  readonly log?: { write(line: string): void };
  readonly clock?: Clock;
}

/** A leading authority's ledger on a socket of its own. */
export async function serveLedger({ store, ...options }: ServedOptions): Promise<Served> {
  const app = await authorityApp({ ...options, requests: store, ledger: store });
  const url = new URL(await listen(app, here));
  return { app, url, [Symbol.asyncDispose]: () => app.close() };
}

/** An authority that co-signs on a socket of its own, with a copy of its own. */
export async function serveCoSigner(
  { store: copy, ...options }: ServedOptions & { readonly hash: Poseidon },
  leaders: readonly URL[],
): Promise<Served> {
  const { account, registry, hash } = options;
  const peers = leaders.map((url) => connectTo(url, options));
  const jobs = coSignJobs({ account, registry, copy, hash }, 2000);
  const app = await authorityApp({
    ...options,
    requests: copy,
    jobs,
    leaderOf: async (address, signal) => peerLeader(await peerOf(peers, address, signal), address),
  });
  const url = new URL(await listen(app, here));
  return {
    app,
    url,
    [Symbol.asyncDispose]: async () => {
      await Promise.all([jobs.close(), app.close()]);
    },
  };
}

export function connectTo(
  url: URL,
  { account, registry, clock = systemClock }: Omit<ServedOptions, 'store'>,
): PeerConnection {
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  return connectPeer({ url, domain, account, clock });
}

/** The leading authority itself, whose key is here. */
export function ownSigner(store: Store, account: LocalAccount, hash: Poseidon): EpochSigner {
  return {
    account,
    rebuild: (month, revision) => rebuildEpochRoot(store, { month, revision, hash }),
  };
}
