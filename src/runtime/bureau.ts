import type { Address } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { Clock } from '../core/clock.ts';
import { type MonthIndex, monthOfDate } from '../core/month.ts';
import type { EpochSigner } from '../jobs/epoch-signatures.ts';
import type { KeyStore } from '../keys/key-store.ts';
import { wasmPoseidon } from '../ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../ledger/build/rebuild-epoch-root.ts';
import type { Pepper } from '../ledger/person-hash.ts';
import { openStore, type Store } from '../ledger/store/open-store.ts';
import type { StatementRegistry } from '../statements/registry-port.ts';
import { type ChainService, openChainService } from './chain-service.ts';
import type { Home } from './home.ts';

/** A bureau's installation: its ledger, and when they are needed, chain and authorities. */
export interface Bureau {
  readonly store: Store;
  /** Key of the person numbers' hashes. */
  readonly pepper: Pepper;
  /** The present month, in China. */
  readonly present: MonthIndex;
  /** Opened at first use. */
  chain(): Promise<ChainService>;
  /** The development authorities of this installation, each rebuilding the root on its own. */
  signers(): Promise<EpochSigner[]>;
  close(): Promise<void>;
}

export interface BureauOptions {
  readonly home: Home;
  readonly databaseUrl?: string | undefined;
  readonly rpcUrl?: string | undefined;
  readonly statements: StatementRegistry;
  readonly keys: KeyStore;
  readonly clock: Clock;
}

/** Three authorities, two of whom must sign: what a development installation starts with. */
const DEVELOPMENT_AUTHORITIES = 3;
const DEVELOPMENT_QUORUM = 2;

/** @throws ledger.store_busy, ledger.store_unavailable, cli.bad_file */
export async function openBureau(options: BureauOptions): Promise<Bureau> {
  const { home, databaseUrl, clock } = options;
  const pepper = (await home.secret('person-numbers', 32)) as Pepper;
  const store = await openStore(databaseUrl ? { databaseUrl } : { folder: home.path('ledger') });
  let chain: Promise<ChainService> | undefined;

  const signers = async (): Promise<EpochSigner[]> => {
    const hash = await wasmPoseidon();
    return (await authorityAccounts(home)).map((account) => ({
      account,
      rebuild: (month, revision) => rebuildEpochRoot(store, { month, revision, hash }),
    }));
  };

  return {
    store,
    pepper,
    present: monthOfDate(new Date(clock() * 1000)),
    signers,
    chain() {
      chain ??= openInstalledChain(options);
      return chain;
    },
    async close() {
      const opened = await chain?.catch(() => undefined);
      await opened?.close();
      await store.close();
    },
  };
}

/** The chain of an installation, for those who need no ledger: verifiers, contract checks. */
export async function openInstalledChain(
  options: Pick<BureauOptions, 'home' | 'rpcUrl' | 'statements' | 'keys'>,
): Promise<ChainService> {
  const { home, rpcUrl, statements, keys } = options;
  const accounts = await authorityAccounts(home);
  return openChainService({
    rpcUrl,
    stateFile: home.path('chain', 'state.json'),
    deploymentFile: home.path('deployment.json'),
    authorities: accounts.map(({ address }): Address => address),
    quorum: DEVELOPMENT_QUORUM,
    statements,
    keys,
  });
}

async function authorityAccounts(home: Home) {
  const numbers = Array.from({ length: DEVELOPMENT_AUTHORITIES }, (_, i) => i + 1);
  return Promise.all(
    numbers.map(async (number) => {
      const secret = await home.secret(`authority-${number}`, 32);
      return privateKeyToAccount(`0x${Buffer.from(secret).toString('hex')}`);
    }),
  );
}
