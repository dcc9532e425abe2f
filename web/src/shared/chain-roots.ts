import type { EpochRoot } from '../../../src/core/brands.ts';
import type { EpochsPort } from '../../../src/verify/ports.ts';

/** Where in the chain a root was published, and by whom. */
export interface PublishedWhere {
  readonly block: number;
  /** Its hash. */
  readonly transaction: string;
  /** Addresses of the authorities that signed it. */
  readonly signers: readonly string[];
  /** Accounts under the root. */
  readonly accounts: number;
}

/** Epoch roots as a chain's node has them, and where it has them from. */
export interface ChainRoots extends EpochsPort {
  /** The node, without what may hold a key. */
  readonly url: string;
  readonly chainId: number;
  /** Address of the registry. */
  readonly registry: string;
  /** Undefined where the node does not tell; never a reason to doubt the root. */
  publicationOf(root: EpochRoot): Promise<PublishedWhere | undefined>;
  /** `vkeyHash` that a contract checks a statement with. @throws as `registeredKeyHash` */
  keyHashOf(verifier: string, statement: string): Promise<string | undefined>;
}

/**
 * Opens the chain by JSON-RPC, from this page: at one of the nodes this site names, or at another
 * that the reader names, as far as the page's policy lets it. Each root is asked for once.
 * @throws chain.unreachable, chain.wrong_network, sdk.unreachable
 */
export async function openChainRoots(rpcUrl?: string): Promise<ChainRoots> {
  return (await import('./chain/node-roots.ts')).nodeRoots(rpcUrl);
}
