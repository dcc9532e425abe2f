import { connectChain } from '../../../../src/chain/connection.ts';
import { epochsFromChain } from '../../../../src/chain/epochs-port.ts';
import type { RegistryContract } from '../../../../src/chain/registry.ts';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import type { EpochsPort } from '../../../../src/verify/ports.ts';
import { network } from '../network.ts';

/**
 * The registry of epochs, asked by the page itself: no service has to be believed. The first node
 * that answers serves. Load this late: it brings viem.
 * @param rpcUrl a node of the reader's; default: those that this site names
 * @throws chain.unreachable, chain.wrong_network, sdk.unreachable
 */
export async function pageRegistry(rpcUrl?: string): Promise<RegistryContract> {
  const { rpcUrls, chainId, registry, confirmations } = await network();
  let last: unknown = new CanbaoError('chain.unreachable', {
    url: '–',
    reason: 'no node is named',
  });
  for (const url of rpcUrl === undefined ? rpcUrls : [rpcUrl]) {
    try {
      const chain = await connectChain(url, { chainId });
      return { chain, address: registry, confirmations };
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
