import {
  type Abi,
  type Address,
  encodeFunctionData,
  type LocalAccount,
  type TransactionReceipt,
} from 'viem';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';
import { sendTransaction } from './send-transaction.ts';
import { confirmed } from './transactions.ts';

/** A function of a contract with its arguments. */
export interface FunctionCall {
  readonly abi: Abi;
  readonly functionName: string;
  readonly args: readonly unknown[];
}

/**
 * Tries a call and, if it would succeed, sends it and waits.
 * @param confirmations blocks to wait for, the transaction's own included
 * @throws chain.reverted or chain.rejected with the contract's reason, chain.bad_value,
 * chain.not_confirmed, chain.unreachable
 */
export async function sendCall(
  { chain, address }: { readonly chain: ChainConnection; readonly address: Address },
  account: LocalAccount,
  call: FunctionCall,
  confirmations = 1,
): Promise<TransactionReceipt> {
  const data = await withChainErrors(chain.url, async () => {
    await chain.reader.simulateContract({ account, address, ...call });
    return encodeFunctionData(call);
  });
  const hash = await sendTransaction(chain, account, { to: address, data });
  return confirmed(chain, hash, confirmations);
}
