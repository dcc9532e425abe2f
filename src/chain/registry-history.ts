import {
  type Address,
  decodeEventLog,
  encodeEventTopics,
  type Hex,
  hexToNumber,
  type RpcLog,
} from 'viem';
import { type EpochRoot, toEpochRoot } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { toFr } from '../core/field.ts';
import { toMonthIndex } from '../core/month.ts';
import { epochRegistryAbi as abi } from './artifacts/EpochRegistry.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import { readLogs } from './paged-logs.ts';
import type { RegistryContract } from './registry.ts';
import type { AuthorityChange, EpochCommitment } from './types.ts';

/** Where in the chain something happened. */
interface Happening {
  readonly block: number;
  readonly transaction: Hex;
  /** The authorities that signed it, ascending. */
  readonly signers: readonly Address[];
}

export interface PublishedCommitment extends EpochCommitment, Happening {}

export interface AppliedChange extends AuthorityChange, Happening {
  /** Its digest. */
  readonly change: Hex;
}

/** All that was ever done to a registry, in order. */
export interface RegistryHistory {
  readonly epochs: readonly PublishedCommitment[];
  /** Roots that a later revision of their month took the place of. */
  readonly corrections: readonly { readonly corrected: EpochRoot; readonly by: EpochRoot }[];
  readonly changes: readonly AppliedChange[];
}

export interface HistoryOptions {
  /** Before it the registry was not there; default 0. */
  readonly fromBlock?: bigint;
  /** Blocks asked for at once. */
  readonly range?: bigint;
}

const NO_CHANGE = `0x${'0'.repeat(64)}` as const;
const NAMES = ['EpochPublished', 'EpochCorrected', 'AuthoritiesChanged'] as const;
const events = NAMES.flatMap((eventName) => encodeEventTopics({ abi, eventName }) as Hex[]);

/**
 * A registry's history out of its events, as deep in the chain as the registry asks. The chains of
 * roots and of changes, and the number of roots, are held against it: a node that leaves something
 * out is found out.
 * @throws chain.history_gap, chain.unreachable, chain.rpc_failed, chain.no_contract
 */
export async function publishedHistory(
  registry: RegistryContract,
  { fromBlock = 0n, range }: HistoryOptions = {},
): Promise<RegistryHistory> {
  const { chain, address, confirmations = 1 } = registry;
  const { reader, url } = chain;
  const head = await withChainErrors(url, () => reader.getBlockNumber());
  const toBlock = head - BigInt(confirmations - 1);
  if (toBlock < 0n) return { epochs: [], corrections: [], changes: [] };
  const isSettled = confirmations > 1;
  // Before the logs: what comes out at the head meanwhile is more than was promised, never less.
  const known = await withChainErrors(url, async () => {
    const at = { address, abi, ...(isSettled && { blockNumber: toBlock }) };
    const [count, lastChange] = await Promise.all([
      reader.readContract({ ...at, functionName: 'epochCount' }),
      reader.readContract({ ...at, functionName: 'lastChange' }),
    ]);
    return { count: Number(count), lastChange };
  });
  const logs = await readLogs(chain, {
    ...{ address, events, fromBlock, toBlock },
    ...(range !== undefined && { range }),
  });
  const history = toHistory(logs);
  const found = history.epochs.length;
  const isWhole = isSettled ? found === known.count : found >= known.count;
  if (!isWhole || !hasChange(history, known.lastChange) || !isChained(history)) {
    throw new CanbaoError('chain.history_gap', { url, found, expected: known.count });
  }
  return history;
}

function hasChange({ changes }: RegistryHistory, digest: Hex): boolean {
  return digest === NO_CHANGE || changes.some(({ change }) => change === digest);
}

function toHistory(logs: readonly RpcLog[]): RegistryHistory {
  const epochs: PublishedCommitment[] = [];
  const corrections: { corrected: EpochRoot; by: EpochRoot }[] = [];
  const changes: AppliedChange[] = [];
  for (const log of logs) {
    const { eventName, args } = decodeEventLog({ abi, data: log.data, topics: log.topics });
    const where = {
      block: hexToNumber(log.blockNumber ?? '0x0'),
      transaction: log.transactionHash ?? '0x',
    };
    if (eventName === 'EpochPublished') {
      epochs.push({
        ...where,
        month: toMonthIndex(args.month),
        revision: args.revision,
        epochRoot: toEpochRoot(args.epochRoot),
        previousRoot: toFr(args.previousRoot),
        accounts: Number(args.accounts),
        signers: args.signers,
      });
    } else if (eventName === 'EpochCorrected') {
      const { epochRoot, byRoot } = args;
      corrections.push({ corrected: toEpochRoot(epochRoot), by: toEpochRoot(byRoot) });
    } else if (eventName === 'AuthoritiesChanged') {
      changes.push({ ...where, ...args, quorum: Number(args.quorum) });
    }
  }
  return { epochs, corrections, changes };
}

/** Whether each root names the one before it, and each change too. */
function isChained({ epochs, changes }: RegistryHistory): boolean {
  return (
    epochs.every(({ previousRoot }, i) => previousRoot === (epochs[i - 1]?.epochRoot ?? 0n)) &&
    changes.every(
      ({ previousChange }, i) => previousChange === (changes[i - 1]?.change ?? NO_CHANGE),
    )
  );
}
