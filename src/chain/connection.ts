import {
  type Chain,
  createPublicClient,
  defineChain,
  http,
  type PublicClient,
  type Transport,
} from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { withChainErrors } from './chain-errors.ts';

/** A chain reached by JSON-RPC. */
export interface ChainConnection {
  /** Where it is, for messages: without path, query and user, which may hold a key. */
  readonly url: string;
  readonly chainId: number;
  readonly reader: PublicClient<Transport, Chain>;
  readonly fees: TransactionFees;
}

/** How transactions are paid for; what is left out, the chain is asked for. */
export interface TransactionFees {
  /** Without EIP-1559: for chains that have no base fee. Implied by `gasPrice`. */
  readonly legacy?: boolean;
  /** Wei a unit of gas; 0 where gas is free. */
  readonly gasPrice?: bigint;
  /** Units of gas a transaction may use, for nodes that do not estimate. */
  readonly gasLimit?: bigint;
}

export interface ConnectOptions {
  /** Refuse any other chain. */
  readonly chainId?: number;
  /** Sent with every request, such as `authorization`. Never part of a message. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Calls made in one turn travel as one request; default true. Some nodes take one call a request. */
  readonly batch?: boolean;
  readonly fees?: TransactionFees;
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
  rpcUrl: string,
  options: ConnectOptions = {},
): Promise<ChainConnection> {
  const { chainId: expected, headers, batch = true, fees = {} } = options;
  const { pollingInterval = 500, timeout = 10_000 } = options;
  const url = originOf(rpcUrl);
  const transport = http(rpcUrl, {
    ...{ timeout, retryCount: 2, retryDelay: 100, batch },
    ...(headers && { fetchOptions: { headers } }),
  });
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
  return { url, chainId, reader, fees };
}

/** `https://host:port` of an endpoint. */
function originOf(url: string): string {
  try {
    return new URL(url).origin;
  } catch {
    return '?';
  }
}
