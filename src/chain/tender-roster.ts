import { type Address, decodeEventLog, type Hex, type LocalAccount } from 'viem';
import type { StatementId } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { tenderRosterAbi as abi } from './artifacts/TenderRoster.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';
import type { ContractBatch } from './presentation-batch.ts';
import { sendCall } from './send-call.ts';

/** Tender rosters on a chain. */
export interface TenderRosterContract {
  readonly chain: ChainConnection;
  readonly address: Address;
  /** Blocks to wait for after each transaction; default 1. */
  readonly confirmations?: number;
}

/** What a tender requires: `Terms` of `ITenderRoster.sol`. */
export interface TenderTerms {
  readonly statement: StatementId;
  /** Packed, the bits of `bidderMask` left 0. */
  readonly params: bigint;
  /** Bits of the params that each bidder fills in; 0 where there is one roster. */
  readonly bidderMask: bigint;
  /** How many people a roster needs. */
  readonly staff: number;
  /** Unix seconds. */
  readonly deadline: bigint;
}

/** The purpose of a tender's requests. */
export function tenderPurpose(tender: number): string {
  return `tender-${tender}`;
}

/**
 * Opens a tender; anyone may.
 * @returns its number
 * @throws chain.reverted with the contract's error, chain.not_confirmed, chain.unreachable
 */
export async function openTender(
  contract: TenderRosterContract,
  opener: LocalAccount,
  terms: TenderTerms,
): Promise<number> {
  const call = { abi, functionName: 'open', args: [terms] };
  const { logs } = await sendCall(contract, opener, call, contract.confirmations);
  for (const { address, data, topics } of logs) {
    if (address.toLowerCase() !== contract.address.toLowerCase()) continue;
    const { eventName, args } = decodeEventLog({ abi, data, topics });
    if (eventName === 'TenderOpened') return Number(args.tender);
  }
  throw new CanbaoError('chain.rpc_failed', { url: contract.chain.url, reason: 'no TenderOpened' });
}

/**
 * Admits people to a roster, all of the batch or none; anyone may hand it in.
 * @throws chain.rejected with the verdict and, where it is known, the answer's index;
 * chain.reverted with the contract's error, chain.not_confirmed, chain.unreachable
 */
export async function admitStaff(
  contract: TenderRosterContract,
  payer: LocalAccount,
  tender: number,
  batch: ContractBatch,
): Promise<Hex> {
  const call = { abi, functionName: 'admit', args: [BigInt(tender), batch] };
  return (await sendCall(contract, payer, call, contract.confirmations)).transactionHash;
}

/** How far a roster is. */
export interface RosterState {
  readonly admitted: number;
  readonly isComplete: boolean;
}

/** @param roster the params its people proved @throws chain.reverted (UnknownTender), chain.unreachable */
export async function rosterState(
  { chain, address }: TenderRosterContract,
  tender: number,
  roster: bigint,
): Promise<RosterState> {
  const at = { address, abi, args: [BigInt(tender), roster] } as const;
  const [admitted, isComplete] = await withChainErrors(chain.url, () =>
    Promise.all([
      chain.reader.readContract({ ...at, functionName: 'admittedTo' }),
      chain.reader.readContract({ ...at, functionName: 'isComplete' }),
    ]),
  );
  return { admitted: Number(admitted), isComplete };
}
