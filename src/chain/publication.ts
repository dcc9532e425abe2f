import { type Address, getAbiItem, type Hex } from 'viem';
import type { EpochRoot } from '../core/brands.ts';
import { epochRegistryAbi } from './artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { RegistryContract } from './registry.ts';

/** Where in the chain a root was published, and by whom. */
export interface Publication {
  readonly block: number;
  readonly transaction: Hex;
  /** The authorities that signed it, ascending. */
  readonly signers: readonly Address[];
  /** Accounts under the root. */
  readonly accounts: number;
}

const event = getAbiItem({ abi: epochRegistryAbi, name: 'EpochPublished' });

/**
 * The publication of a root, looked up by the root; undefined where the node has none. Whether the
 * root counts is for `epochOfRoot`: this says where everybody can look it up.
 * @param fromBlock before it the registry was not there
 * @throws chain.unreachable; chain.rpc_failed, as where a node refuses so many blocks at once
 */
export async function publicationOf(
  { chain, address }: RegistryContract,
  root: EpochRoot,
  fromBlock = 0n,
): Promise<Publication | undefined> {
  const logs = await withChainErrors(chain.url, () =>
    chain.reader.getLogs({
      ...{ address, event, args: { epochRoot: root }, strict: true },
      ...{ fromBlock, toBlock: 'latest' },
    }),
  );
  // Nodes are not trusted to have filtered.
  const log = logs.find(({ args, removed }) => args.epochRoot === root && !removed);
  if (!log) return undefined;
  const { signers, accounts } = log.args;
  return {
    ...{ block: Number(log.blockNumber), transaction: log.transactionHash, signers },
    accounts: Number(accounts),
  };
}
