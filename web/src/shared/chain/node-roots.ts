import { connectChain } from '../../../../src/chain/connection.ts';
import { publicationOf } from '../../../../src/chain/publication.ts';
import { registeredKeyHash } from '../../../../src/chain/registered-key.ts';
import { epochOfRoot, type RegistryContract } from '../../../../src/chain/registry.ts';
import type { EpochRoot } from '../../../../src/core/brands.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import type { EpochsPort } from '../../../../src/verify/ports.ts';
import { network } from '../network.ts';
import { pageRegistry } from './page-chain.ts';

/** What `openChainRoots` gives. @throws as it does */
export async function nodeRoots(rpcUrl: string | undefined) {
  const { fromBlock } = await network();
  const registry = rpcUrl === undefined ? await pageRegistry() : await registryAt(rpcUrl);
  const known = new Map<EpochRoot, ReturnType<EpochsPort['lookup']>>();
  const { chain, address } = registry;
  return {
    ...{ url: chain.url, chainId: chain.chainId, registry: address },
    lookup(root: EpochRoot) {
      const asking = known.get(root) ?? epochOfRoot(registry, root);
      known.set(root, asking);
      return asking;
    },
    publicationOf: (root: EpochRoot) =>
      publicationOf(registry, root, BigInt(fromBlock)).catch((error: unknown) => {
        if (error instanceof CanbaoError) return undefined;
        throw error;
      }),
    keyHashOf: (verifier: string, statement: string) =>
      registeredKeyHash(registry, verifier as `0x${string}`, statement),
  };
}

async function registryAt(rpcUrl: string): Promise<RegistryContract> {
  const { chainId, registry, confirmations } = await network();
  const chain = await connectChain(rpcUrl, { chainId });
  return { chain, address: registry, confirmations };
}
