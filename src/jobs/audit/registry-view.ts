import { type Publication, publicationLog } from '../../chain/publication-log.ts';
import { allEpochs, type RegistryContract, registryAuthorities } from '../../chain/registry.ts';
import type { PublishedEpoch } from '../../chain/types.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { EpochSource } from './epoch-source.ts';

/** What one registry says, read once. */
export interface RegistryView extends EpochSource {
  readonly epochs: readonly PublishedEpoch[];
  readonly chainId: number;
  readonly address: `0x${string}`;
  readonly authorities: readonly string[];
  readonly quorum: number;
  /** Undefined where the node keeps no logs: who signed is then told by the ledger alone. */
  readonly log: readonly Publication[] | undefined;
}

/** @throws chain.unreachable, chain.no_contract */
export async function readRegistry(
  registry: RegistryContract,
  name = 'chain',
): Promise<RegistryView> {
  const epochs = await allEpochs(registry);
  const { authorities, quorum } = await registryAuthorities(registry);
  const log = await publicationLog(registry).catch((error) => {
    if (error instanceof CanbaoError && error.code === 'chain.rpc_failed') return undefined;
    throw error;
  });
  const { chain, address } = registry;
  // What was published between the two reads is left to the next audit.
  const first = log?.slice(0, epochs.length);
  return { name, epochs, chainId: chain.chainId, address, authorities, quorum, log: first };
}
