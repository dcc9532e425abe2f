import { publicationOf } from '../../../../src/chain/publication.ts';
import { registeredKeyHash } from '../../../../src/chain/registered-key.ts';
import { epochOfRoot } from '../../../../src/chain/registry.ts';
import type { EpochRoot } from '../../../../src/core/brands.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { onceEach } from '../../../../src/core/once-each.ts';
import { network } from '../network.ts';
import { pageRegistry } from './page-chain.ts';

/** What `openChainRoots` gives. @throws as it does */
export async function nodeRoots(rpcUrl: string | undefined) {
  const [registry, { fromBlock }] = await Promise.all([pageRegistry(rpcUrl), network()]);
  const { chain, address } = registry;
  return {
    ...{ url: chain.url, chainId: chain.chainId, registry: address },
    lookup: onceEach((root: EpochRoot) => epochOfRoot(registry, root)),
    publicationOf: (root: EpochRoot) =>
      publicationOf(registry, root, BigInt(fromBlock)).catch((error: unknown) => {
        if (error instanceof CanbaoError) return undefined;
        throw error;
      }),
    keyHashOf: (verifier: string, statement: string) =>
      registeredKeyHash(registry, verifier as `0x${string}`, statement),
  };
}
