import { connectChain } from '../../../../src/chain/connection.ts';
import { epochsFromChain } from '../../../../src/chain/epochs-port.ts';
import type { RegistryContract } from '../../../../src/chain/registry.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import type { EpochsPort } from '../../../../src/verify/ports.ts';
import { network } from '../network.ts';

/**
 * The registry of epochs, asked by the page itself: no service has to be believed. The first node
 * that answers serves. Load this late: it brings viem.
 * @throws chain.unreachable, chain.wrong_network, sdk.unreachable
 */
export async function pageRegistry(): Promise<RegistryContract> {
  const { rpcUrls, chainId, registry, confirmations } = await network();
  let last: unknown = new CanbaoError('chain.unreachable', {
    url: '–',
    reason: 'no node is named',
  });
  for (const url of rpcUrls) {
    try {
      const chain = await connectChain(url, { chainId });
      return { chain, address: registry as `0x${string}`, confirmations };
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

/** Epoch roots as the chain has them. @throws as `pageRegistry` */
export async function pageEpochs(): Promise<EpochsPort> {
  return epochsFromChain(await pageRegistry());
}
