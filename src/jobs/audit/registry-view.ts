import { allEpochs, type RegistryContract, registryAuthorities } from '../../chain/registry.ts';
import { publishedHistory } from '../../chain/registry-history.ts';
import type { PublishedEpoch } from '../../chain/types.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { EpochSource } from './epoch-source.ts';
import { type Publication, toPublications } from './publications.ts';

/** What one registry says, read once. */
export interface RegistryView extends EpochSource {
  readonly epochs: readonly PublishedEpoch[];
  readonly chainId: number;
  readonly address: `0x${string}`;
  /** Who signs at present. */
  readonly authorities: readonly string[];
  readonly quorum: number;
  /** Whether others signed before them. */
  readonly haveChanged: boolean;
  /**
   * Every publication out of the log. `gap` where the node leaves some of it out; undefined where it
   * keeps none: who signed is then told by the ledger alone.
   */
  readonly log: readonly Publication[] | 'gap' | undefined;
}

/** @throws chain.unreachable, chain.no_contract */
export async function readRegistry(
  registry: RegistryContract,
  name = 'chain',
): Promise<RegistryView> {
  const epochs = await allEpochs(registry);
  const { authorities, quorum, lastChange } = await registryAuthorities(registry);
  const { chain, address } = registry;
  const log = await readLog(registry, { authorities, quorum }, epochs.length);
  const haveChanged = BigInt(lastChange) !== 0n;
  const where = { name, chainId: chain.chainId, address };
  return { ...where, epochs, authorities, quorum, haveChanged, log };
}

async function readLog(
  registry: RegistryContract,
  present: { readonly authorities: readonly string[]; readonly quorum: number },
  count: number,
): Promise<RegistryView['log']> {
  try {
    const publications = toPublications(await publishedHistory(registry), present);
    // What was published between the two reads is left to the next audit.
    return publications.slice(0, count);
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    if (error.code === 'chain.history_gap') return 'gap';
    if (error.code === 'chain.rpc_failed') return undefined;
    throw error;
  }
}
