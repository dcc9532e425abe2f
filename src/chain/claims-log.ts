import { decodeEventLog, encodeEventTopics, type Hex, hexToNumber } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { benefitClaimsAbi as abi } from './artifacts/BenefitClaims.generated.ts';
import type { BenefitClaimsContract } from './benefit-claims.ts';
import { withChainErrors } from './chain-errors.ts';
import { benefitName } from './claim-rules.ts';
import { readLogs } from './paged-logs.ts';

/** A claim to be delivered, as its event tells it. */
export interface ClaimToDeliver {
  /** From 1 on, without gaps. */
  readonly number: number;
  readonly rule: number;
  /** `pension`. */
  readonly benefit: string;
  /** 32 bytes: a hash, chosen by the holder, of what it is delivered to. */
  readonly deliverTo: Hex;
  readonly nullifier: bigint;
  /** What was proven, packed as its statement lays out. */
  readonly params: bigint;
  readonly epochRoot: bigint;
  readonly block: number;
  readonly transaction: Hex;
}

/** A claim as JSON takes it: numbers that do not fit in decimals. */
export function claimJson({ nullifier, params, epochRoot, ...claim }: ClaimToDeliver) {
  const decimals = { nullifier: `${nullifier}`, params: `${params}`, epochRoot: `${epochRoot}` };
  return { ...claim, ...decimals };
}

/** How far claims were followed. */
export interface ClaimsCursor {
  /** The last claim that is known; 0 before the first. */
  readonly number: number;
  /** Whose it is: by it the chain is asked whether it still has it. */
  readonly nullifier?: bigint | undefined;
  /** Nothing before this block is missing. */
  readonly block: number;
}

const events = encodeEventTopics({ abi, eventName: 'ClaimRegistered' }) as Hex[];

/**
 * The claims after a cursor, as deep in the chain as the contract asks, and the cursor behind them.
 * Their numbers are held against one another and against the contract's count: a node that leaves
 * one out is found out, and so is a chain that took back what was known, deeper than was waited for.
 * @param range blocks asked for at once
 * @throws chain.claims_gap, chain.unreachable, chain.rpc_failed, chain.no_contract
 */
export async function claimsAfter(
  contract: BenefitClaimsContract,
  cursor: ClaimsCursor,
  { range }: { readonly range?: bigint } = {},
): Promise<{ readonly claims: readonly ClaimToDeliver[]; readonly cursor: ClaimsCursor }> {
  const { chain, address, confirmations = 1 } = contract;
  const { reader, url } = chain;
  const head = await withChainErrors(url, () => reader.getBlockNumber());
  const toBlock = head - BigInt(confirmations - 1);
  if (toBlock < BigInt(cursor.block)) return { claims: [], cursor };
  const isSettled = confirmations > 1;
  const at = { address, abi, ...(isSettled && { blockNumber: toBlock }) } as const;
  // Before the logs: what comes out at the head meanwhile is more than was promised, never less.
  const [count, known] = await withChainErrors(url, () =>
    Promise.all([
      reader.readContract({ ...at, functionName: 'claimCount' }),
      cursor.nullifier === undefined
        ? { number: BigInt(cursor.number) }
        : reader.readContract({ ...at, functionName: 'claimOf', args: [cursor.nullifier] }),
    ]),
  );
  const logs = await readLogs(chain, {
    ...{ address, events, fromBlock: BigInt(cursor.block), toBlock },
    ...(range !== undefined && { range }),
  });
  const claims = logs.map(toClaim).filter(({ number }) => number > cursor.number);
  const last = cursor.number + claims.length;
  const isWhole = isSettled ? last === Number(count) : last >= Number(count);
  const isKnown = Number(known.number) === cursor.number && Number(count) >= cursor.number;
  if (!isKnown || !isWhole || !claims.every(({ number }, i) => number === cursor.number + 1 + i)) {
    throw new CanbaoError('chain.claims_gap', { url, found: last, expected: Number(count) });
  }
  const nullifier = claims.at(-1)?.nullifier ?? cursor.nullifier;
  const reached = { number: last, block: Number(toBlock) + 1 };
  return { claims, cursor: { ...reached, ...(nullifier !== undefined && { nullifier }) } };
}

type RpcLog = Awaited<ReturnType<typeof readLogs>>[number];

function toClaim({ data, topics, blockNumber, transactionHash }: RpcLog): ClaimToDeliver {
  const { args } = decodeEventLog({ abi, eventName: 'ClaimRegistered', data, topics });
  const { deliverTo, nullifier, params, epochRoot } = args;
  return {
    number: Number(args.number),
    rule: Number(args.rule),
    benefit: benefitName(args.benefit),
    ...{ deliverTo, nullifier, params, epochRoot },
    block: hexToNumber(blockNumber ?? '0x0'),
    transaction: transactionHash ?? '0x',
  };
}
