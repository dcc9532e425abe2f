import { type Address, type Hex, hexToBigInt, numberToHex, type RpcLog } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { pause } from '../core/pause.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';

export interface LogQuery {
  readonly address: Address;
  /** First topics, any of which will do: the events' hashes. */
  readonly events: readonly Hex[];
  readonly fromBlock: bigint;
  /** Included. */
  readonly toBlock: bigint;
  /** Blocks asked for at once; halved where the node refuses. Default 5000. */
  readonly range?: bigint;
}

const DEFAULT_RANGE = 5000n;
/** Pause after a refusal; doubled with each one in a row. */
const PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 2000;
/** A node that does not answer at all is asked for less only so often. */
const MOST_SILENCES = 3;

/**
 * The logs of a contract in the order they were made, read page by page: nodes cap the range of
 * blocks, each in its own way, so a page that is refused is asked for in halves. Addresses and topics
 * go out in lower case, which some nodes insist on.
 * @throws chain.unreachable, chain.rpc_failed if a single block is refused
 */
export async function readLogs(chain: ChainConnection, query: LogQuery): Promise<RpcLog[]> {
  const { toBlock, range: most = DEFAULT_RANGE } = query;
  const found = new Map<string, RpcLog>();
  let range = most;
  let refusals = 0;
  let silences = 0;
  for (let from = query.fromBlock; from <= toBlock; ) {
    const last = from + range - 1n;
    const to = last < toBlock ? last : toBlock;
    try {
      for (const log of await page(chain, query, from, to)) found.set(keyOf(log), log);
      from = to + 1n;
      range = range * 2n < most ? range * 2n : most;
      refusals = silences = 0;
    } catch (error) {
      if (!(error instanceof CanbaoError)) throw error;
      silences += error.code === 'chain.unreachable' ? 1 : 0;
      if (to === from || silences > MOST_SILENCES) throw error;
      range = (to - from + 1n) / 2n;
      await pause(Math.min(PAUSE_MS * 2 ** refusals++, LONGEST_PAUSE_MS));
    }
  }
  return [...found.values()].sort(byPosition);
}

function page(
  { url, reader }: ChainConnection,
  { address, events }: LogQuery,
  from: bigint,
  to: bigint,
): Promise<RpcLog[]> {
  return withChainErrors(url, async () => {
    const logs = await reader.request({
      method: 'eth_getLogs',
      params: [
        {
          address: address.toLowerCase() as Address,
          topics: [events.map((topic) => topic.toLowerCase() as Hex)],
          fromBlock: numberToHex(from),
          toBlock: numberToHex(to),
        },
      ],
    });
    return logs.filter((log) => isMeant(log, address, from, to));
  });
}

/** Nodes are not trusted to have filtered; logs of blocks that were taken back are none. */
function isMeant(log: RpcLog, address: Address, from: bigint, to: bigint): boolean {
  if (log.removed || log.blockNumber === null) return false;
  const block = hexToBigInt(log.blockNumber);
  return log.address.toLowerCase() === address.toLowerCase() && block >= from && block <= to;
}

function keyOf({ blockNumber, logIndex }: RpcLog): string {
  return `${BigInt(blockNumber ?? 0)} ${BigInt(logIndex ?? 0)}`;
}

function byPosition(a: RpcLog, b: RpcLog): number {
  const difference =
    BigInt(a.blockNumber ?? 0) - BigInt(b.blockNumber ?? 0) ||
    BigInt(a.logIndex ?? 0) - BigInt(b.logIndex ?? 0);
  return Number(difference);
}
