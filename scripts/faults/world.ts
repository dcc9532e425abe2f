import { createTestClient, http, type TestClient } from 'viem';
import { type ChainConnection, connectChain } from '../../src/chain/connection.ts';
import { embeddedAccount, startEmbeddedNode } from '../../src/chain/embedded-node.ts';
import type { RegistryContract } from '../../src/chain/registry.ts';
import { addMonths, type MonthIndex, parseMonth } from '../../src/core/month.ts';
import type { Poseidon } from '../../src/core/poseidon.ts';
import type { CloseOptions } from '../../src/jobs/close-epoch.ts';
import { wasmPoseidon } from '../../src/ledger/build/poseidon-wasm.ts';
import { openStore, type Store } from '../../src/ledger/store/open-store.ts';
import { authoritiesOn, clearEpochs, deployRegistry, fillLedger } from '../../test/jobs/closing.ts';

/** A ledger of two people and a chain, for closing one month after the other. */
export interface World extends AsyncDisposable {
  readonly store: Store;
  readonly url: string;
  /** Straight to the node. */
  readonly chain: ChainConnection;
  readonly node: TestClient;
  readonly registry: RegistryContract;
  /** Forgets all closings and begins anew with another registry. */
  renew(): Promise<void>;
  /** What closing the next month takes; `registry` may be reached another way. */
  closing(changes?: Partial<CloseOptions>): CloseOptions;
  /** The month to close next; counts up. */
  nextMonth(): MonthIndex;
}

const FIRST_MONTH = parseMonth('2026-09');
/** Reorganisations up to ten deep must not take the registry itself back. */
const BLOCKS_BELOW = 12;

export async function openWorld(
  options: { readonly databaseUrl?: string; readonly schema?: string } = {},
): Promise<World> {
  const hash: Poseidon = await wasmPoseidon();
  const started = await startEmbeddedNode();
  const chain = await connectChain(started.url, { pollingInterval: 20, timeout: 60_000 });
  const store = await openStore(options);
  await fillLedger(store);
  const node = createTestClient({ mode: 'anvil', transport: http(started.url) });
  const payer = embeddedAccount(0);
  let registry: RegistryContract | undefined;
  let months = 0;
  const world: World = {
    ...{ store, url: started.url, chain, node },
    get registry() {
      if (!registry) throw new Error('renew first');
      return registry;
    },
    async renew() {
      await clearEpochs(store);
      registry = await deployRegistry({ chain, payer });
      await node.mine({ blocks: BLOCKS_BELOW });
      months = 0;
    },
    closing: (changes = {}) => ({
      ...{ store, hash, signers: authoritiesOn(store, hash), submitter: payer },
      registry: world.registry,
      month: addMonths(FIRST_MONTH, months),
      ...changes,
    }),
    nextMonth: () => addMonths(FIRST_MONTH, ++months),
    async [Symbol.asyncDispose]() {
      await store.close();
      await started.close();
    },
  };
  await world.renew();
  return world;
}
