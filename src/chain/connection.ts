import {
  type Account,
  type Chain,
  createPublicClient,
  createWalletClient,
  defineChain,
  http,
  type PublicClient,
  type Transport,
  type WalletClient,
} from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { withChainErrors } from './chain-errors.ts';

/** A chain reached by JSON-RPC. */
export interface ChainConnection {
  readonly url: string;
  readonly chainId: number;
  readonly reader: PublicClient<Transport, Chain>;
}

export interface ConnectOptions {
  /** Refuse any other chain. */
  readonly chainId?: number;
  /** Milliseconds between looks for a receipt; default 500. */
  readonly pollingInterval?: number;
  /** Milliseconds until an unanswered call fails; default 10,000. */
  readonly timeout?: number;
}

/**
 * Connects and asks for the chain id. Failed calls are tried three times.
 * @throws chain.unreachable, chain.rpc_failed, chain.wrong_network
 */
export async function connectChain(
  url: string,
  { chainId: expected, pollingInterval = 500, timeout = 10_000 }: ConnectOptions = {},
): Promise<ChainConnection> {
  // Calls made in one turn travel together: a list of epochs is one request.
  const transport = http(url, { timeout, retryCount: 2, retryDelay: 100, batch: true });
  const chainId = await withChainErrors(url, () => createPublicClient({ transport }).getChainId());
  if (expected !== undefined && chainId !== expected) {
    throw new CanbaoError('chain.wrong_network', { url, expected, actual: chainId });
  }
  const chain = defineChain({
    id: chainId,
    name: `eip155:${chainId}`,
    nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 },
    rpcUrls: { default: { http: [url] } },
  });
  const reader = createPublicClient({ chain, transport, pollingInterval, cacheTime: 0 });
  return { url, chainId, reader };
}

/** A client that sends transactions of `account` over the connection. */
export function walletOn(
  { url, reader }: ChainConnection,
  account: Account,
): WalletClient<Transport, Chain, Account> {
  return createWalletClient({ account, chain: reader.chain, transport: http(url) });
}
