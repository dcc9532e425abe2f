import type { LocalAccount } from 'viem';
import type { Clock } from '../core/clock.ts';
import { type MonthIndex, presentMonth } from '../core/month.ts';
import type { EpochSigner } from '../jobs/epoch-signatures.ts';
import { wasmPoseidon } from '../ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../ledger/build/rebuild-epoch-root.ts';
import type { Pepper } from '../ledger/person-hash.ts';
import { openStore, type Store } from '../ledger/store/open-store.ts';
import type { ChainService } from './chain-service.ts';
import type { InstalledChainOptions } from './installed-chain.ts';

/** A bureau's installation: its ledger, and when they are needed, chain and authorities. */
export interface Bureau {
  readonly store: Store;
  /** Key of the person numbers' hashes. */
  readonly pepper: Pepper;
  /** The present month, in China. */
  readonly present: MonthIndex;
  /** Opened at first use. */
  chain(): Promise<ChainService>;
  /** Authorities whose keys are here: the configured one, or those of a development installation. */
  authorities(): Promise<readonly LocalAccount[]>;
  /** The same, each rebuilding the root on its own. */
  signers(): Promise<EpochSigner[]>;
  close(): Promise<void>;
}

export interface BureauOptions extends InstalledChainOptions {
  readonly databaseUrl?: string | undefined;
  /** Of PostgreSQL; default `canbao`. */
  readonly schema?: string | undefined;
  readonly clock: Clock;
  /** The key this installation's authority signs with; without one, development keys. */
  readonly authorityKey?: () => Promise<LocalAccount | undefined>;
}

/** Most of a bureau's work is with records: what talks to a chain loads when it is first asked for. */
const loadChain = () => import('./installed-chain.ts');

/** @throws ledger.store_busy, ledger.store_unavailable, cli.bad_file */
export async function openBureau(options: BureauOptions): Promise<Bureau> {
  const { home, databaseUrl, schema, clock } = options;
  const pepper = (await home.secret('person-numbers', 32)) as Pepper;
  const store = await openStore(
    databaseUrl ? { databaseUrl, schema } : { folder: home.path('ledger') },
  );
  let chain: Promise<ChainService> | undefined;
  const authorities = async () => {
    const own = await options.authorityKey?.();
    return own ? [own] : (await loadChain()).authorityAccounts(home);
  };
  return {
    store,
    pepper,
    get present() {
      return presentMonth(clock);
    },
    chain() {
      chain ??= loadChain().then(({ openInstalledChain }) => openInstalledChain(options));
      return chain;
    },
    authorities,
    async signers() {
      const hash = await wasmPoseidon();
      return (await authorities()).map((account) => ({
        account,
        rebuild: (month, revision) => rebuildEpochRoot(store, { month, revision, hash }),
      }));
    },
    async close() {
      const opened = await chain?.catch(() => undefined);
      await opened?.close();
      await store.close();
    },
  };
}
