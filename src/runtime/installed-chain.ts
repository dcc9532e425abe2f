import type { Address, LocalAccount } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import type { KeyStore } from '../keys/key-store.ts';
import type { StatementRegistry } from '../statements/registry-port.ts';
import { type ChainService, openChainService } from './chain-service.ts';
import type { Home } from './home.ts';
import type { NetworkSettings } from './network-settings.ts';

/** Three authorities, two of whom must sign: what a development installation starts with. */
const DEVELOPMENT_AUTHORITIES = 3;
const DEVELOPMENT_QUORUM = 2;

export interface InstalledChainOptions {
  readonly home: Home;
  /** JSON-RPC of an existing chain; without it the embedded node is started. */
  readonly rpcUrl?: string | undefined;
  /** How an existing chain is reached and paid, read when it is opened. */
  readonly network?: () => NetworkSettings;
  readonly statements: StatementRegistry;
  readonly keys: KeyStore;
}

/**
 * The chain of an installation, with or without its ledger: verifiers need no records.
 * @throws as {@link openChainService}
 */
export async function openInstalledChain(options: InstalledChainOptions): Promise<ChainService> {
  const { home, rpcUrl, statements, keys } = options;
  const network = rpcUrl ? options.network?.() : undefined;
  return openChainService({
    rpcUrl,
    network,
    stateFile: home.path('chain', 'state.json'),
    deploymentFile: home.path('deployment.json'),
    authorities: network?.authorities ?? (await developmentAuthorities(home)),
    quorum: network?.quorum ?? DEVELOPMENT_QUORUM,
    statements,
    keys,
  });
}

async function developmentAuthorities(home: Home): Promise<Address[]> {
  return (await authorityAccounts(home)).map(({ address }) => address);
}

/** The installation's development authorities, their keys made at first use. */
export async function authorityAccounts(home: Home): Promise<LocalAccount[]> {
  const numbers = Array.from({ length: DEVELOPMENT_AUTHORITIES }, (_, i) => i + 1);
  return Promise.all(
    numbers.map(async (number) => {
      const secret = await home.secret(`authority-${number}`, 32);
      return privateKeyToAccount(`0x${Buffer.from(secret).toString('hex')}`);
    }),
  );
}
