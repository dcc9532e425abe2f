import type { Hex, LocalAccount } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';
import {
  broadcast,
  type ContractCall,
  type SignedTransaction,
  signTransaction,
} from './send-transaction.ts';

/** One thing to be done on a chain, however often it takes to send it. */
export interface Submission {
  /** The transaction sent last. */
  readonly hash: Hex | undefined;
  /** Since it was sent; infinite before. */
  silentMs(): number;
  /**
   * Sends the same transaction again, or where its nonce was used up without effect, another one.
   * @throws chain.reverted, chain.rpc_failed; chain.unreachable only where nothing was sent
   */
  send(): Promise<void>;
}

/** @param prepare the call; throws where it would fail as the chain is now */
export function openSubmission(
  chain: ChainConnection,
  account: LocalAccount,
  prepare: () => Promise<ContractCall>,
): Submission {
  let sent: SignedTransaction | undefined;
  let sentAt = Number.NEGATIVE_INFINITY;
  return {
    get hash() {
      return sent?.hash;
    },
    silentMs: () => Date.now() - sentAt,
    async send() {
      const call = await prepare();
      if (!sent || (await isUsedUp(chain, account, sent))) {
        sent = await signTransaction(chain, account, call);
      }
      sentAt = Date.now();
      try {
        await broadcast(chain, sent);
      } catch (error) {
        // It may have arrived, or the nonce is another's: the next look tells.
        if (!isUncertain(error)) throw error;
      }
    },
  };
}

/** Whether another transaction of the account has taken the nonce, or this one has failed. */
async function isUsedUp(
  { url, reader }: ChainConnection,
  { address }: LocalAccount,
  { nonce }: SignedTransaction,
): Promise<boolean> {
  const next = await withChainErrors(url, () => reader.getTransactionCount({ address }));
  return next > nonce;
}

function isUncertain(error: unknown): boolean {
  if (!(error instanceof CanbaoError)) return false;
  if (error.code === 'chain.unreachable') return true;
  return (
    error.code === 'chain.rpc_failed' &&
    /nonce|replacement|underpriced/i.test(`${error.facts.reason}`)
  );
}
