import type { Address, Hex } from 'viem';
import { type EpochRoot, toEpochRoot } from '../core/brands.ts';
import { type Fr, toFr } from '../core/field.ts';
import { type MonthIndex, toMonthIndex } from '../core/month.ts';
import { epochRegistryAbi as abi } from './artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { RegistryContract } from './registry.ts';
import { settledBlock } from './transactions.ts';

/** One `EpochPublished` of the registry's log: what its state does not keep. */
export interface Publication {
  readonly root: EpochRoot;
  readonly month: MonthIndex;
  readonly revision: number;
  readonly previousRoot: Fr;
  readonly accounts: number;
  /** Addresses whose signatures the contract has checked. */
  readonly signers: readonly Address[];
  readonly txHash: Hex;
}

/**
 * Every publication, oldest first, out of the chain's log.
 * @throws chain.unreachable; chain.rpc_failed where the node keeps no logs, or none so old
 */
export async function publicationLog(registry: RegistryContract): Promise<Publication[]> {
  const { chain, address, confirmations = 1 } = registry;
  const settled = await settledBlock(chain, confirmations);
  const events = await withChainErrors(chain.url, () =>
    chain.reader.getContractEvents({
      ...{ address, abi, eventName: 'EpochPublished', strict: true },
      ...{ fromBlock: 0n, toBlock: settled ?? 'latest' },
    }),
  );
  return events.map(({ args, transactionHash }) => ({
    root: toEpochRoot(args.epochRoot),
    month: toMonthIndex(args.month),
    revision: args.revision,
    previousRoot: toFr(args.previousRoot),
    accounts: Number(args.accounts),
    signers: args.signers,
    txHash: transactionHash,
  }));
}
