import {
  type Address,
  type Hex,
  type TransactionReceipt,
  TransactionReceiptNotFoundError,
} from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { pause } from '../core/pause.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';

/** How long a transaction may take to be confirmed. */
export const WAIT_SECONDS = 120;

/**
 * Waits until a transaction has `confirmations` blocks, its own included. The receipt is asked for
 * anew each time: a reorganisation may move the transaction to another block, or take it back.
 * @throws chain.not_confirmed, chain.unreachable; chain.reverted or chain.rejected with the
 * contract's reason if it failed when it was mined
 */
export async function confirmed(
  chain: ChainConnection,
  hash: Hex,
  confirmations: number,
): Promise<TransactionReceipt> {
  const deadline = Date.now() + WAIT_SECONDS * 1000;
  for (;;) {
    const receipt = await receiptOf(chain, hash);
    if (receipt && (await depthOf(chain, receipt, confirmations)) >= confirmations) {
      if (receipt.status === 'reverted') await throwReason(chain, receipt);
      return receipt;
    }
    if (Date.now() > deadline) {
      throw new CanbaoError('chain.not_confirmed', { what: hash, seconds: WAIT_SECONDS });
    }
    await pause(chain.reader.pollingInterval);
  }
}

/** The receipt of a transaction as the chain is now; undefined while it has none. */
function receiptOf(
  { url, reader }: ChainConnection,
  hash: Hex,
): Promise<TransactionReceipt | undefined> {
  return withChainErrors(url, () =>
    reader.getTransactionReceipt({ hash }).catch((error: unknown) => {
      if (error instanceof TransactionReceiptNotFoundError) return undefined;
      throw error;
    }),
  );
}

/** How many blocks deep a receipt lies, its own block included. */
async function depthOf(
  { url, reader }: ChainConnection,
  { blockNumber }: TransactionReceipt,
  confirmations: number,
): Promise<number> {
  if (confirmations <= 1) return 1;
  const head = await withChainErrors(url, () => reader.getBlockNumber());
  return Number(head - blockNumber) + 1;
}

/** A receipt says that a transaction reverted, not why: calls it again where it was mined. */
async function throwReason(
  { url, reader }: ChainConnection,
  { transactionHash: hash, blockNumber }: TransactionReceipt,
): Promise<never> {
  await withChainErrors(url, async () => {
    const { from, to, input, gas } = await reader.getTransaction({ hash });
    await reader.call({ account: from, to, data: input, gas, blockNumber });
  });
  throw new CanbaoError('chain.reverted', { error: 'unknown', details: hash });
}

/** The address a deployment created, in lower case. @throws chain.no_contract */
export function createdAddress(receipt: TransactionReceipt): Address {
  if (!receipt.contractAddress) {
    throw new CanbaoError('chain.no_contract', { address: receipt.transactionHash });
  }
  return receipt.contractAddress.toLowerCase() as Address;
}

/**
 * The last block that counts when `confirmations` blocks are asked for; undefined = the head.
 * Reads at it see nothing a shallow reorganisation can take back.
 */
export async function settledBlock(
  { url, reader }: ChainConnection,
  confirmations: number,
): Promise<bigint | undefined> {
  if (confirmations <= 1) return undefined;
  const head = await withChainErrors(url, () => reader.getBlockNumber());
  const settled = head - BigInt(confirmations - 1);
  return settled < 0n ? 0n : settled;
}
