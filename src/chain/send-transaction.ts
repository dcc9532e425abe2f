import { Eip1559FeesNotSupportedError, type Hex, keccak256, type LocalAccount } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';

/** A call of a contract, or without `to` the creation of one. */
export interface ContractCall {
  readonly to?: Hex;
  readonly data: Hex;
}

/** A transaction that can be sent any number of times and takes place at most once. */
export interface SignedTransaction {
  readonly hash: Hex;
  readonly raw: Hex;
  readonly nonce: number;
}

/**
 * Signs and sends a call, whose success is better tried by simulating it before.
 * @throws chain.reverted, chain.rpc_failed (no funds, a fee too low), chain.unreachable
 */
export async function sendTransaction(
  chain: ChainConnection,
  account: LocalAccount,
  call: ContractCall,
): Promise<Hex> {
  const signed = await signTransaction(chain, account, call);
  await broadcast(chain, signed);
  return signed.hash;
}

/** Signs a call with the account's next nonce. @throws as {@link sendTransaction} */
export function signTransaction(
  chain: ChainConnection,
  account: LocalAccount,
  { to, data }: ContractCall,
): Promise<SignedTransaction> {
  const { reader, chainId } = chain;
  const { address } = account;
  return withChainErrors(chain.url, async () => {
    const [nonce, gas, fees] = await Promise.all([
      reader.getTransactionCount({ address, blockTag: 'pending' }),
      chain.fees.gasLimit ?? estimatedGas(chain, address, to, data),
      feesOf(chain),
    ]);
    const raw = await account.signTransaction({
      ...{ chainId, nonce, gas, data, value: 0n },
      ...(to && { to }),
      ...fees,
    });
    return { hash: keccak256(raw), raw, nonce };
  });
}

/** A quarter more than the estimate: the state may be another one when it is mined. */
async function estimatedGas(
  { reader }: ChainConnection,
  account: Hex,
  to: Hex | undefined,
  data: Hex,
) {
  const estimate = await reader.estimateGas({ account, data, ...(to && { to }) });
  return estimate + estimate / 4n;
}

async function feesOf({ reader, fees }: ChainConnection) {
  const legacy = async () => {
    const gasPrice = fees.gasPrice ?? (await reader.getGasPrice());
    return { type: 'legacy', gasPrice } as const;
  };
  if (fees.legacy || fees.gasPrice !== undefined) return legacy();
  try {
    const { maxFeePerGas, maxPriorityFeePerGas } = await reader.estimateFeesPerGas();
    return { type: 'eip1559', maxFeePerGas, maxPriorityFeePerGas } as const;
  } catch (error) {
    if (!(error instanceof Eip1559FeesNotSupportedError)) throw error;
    return legacy(); // blocks without a base fee
  }
}

/**
 * Sends a signed transaction; one the chain has already is well.
 * @throws chain.rpc_failed, chain.unreachable (then it may or may not have arrived)
 */
export async function broadcast(chain: ChainConnection, signed: SignedTransaction): Promise<void> {
  try {
    await withChainErrors(chain.url, () =>
      chain.reader.sendRawTransaction({ serializedTransaction: signed.raw }),
    );
  } catch (error) {
    // The answer to an earlier attempt may have been lost on the way.
    if (!isKnownAlready(error) && !(await isKnown(chain, signed.hash))) throw error;
  }
}

function isKnownAlready(error: unknown): boolean {
  return (
    error instanceof CanbaoError &&
    error.code === 'chain.rpc_failed' &&
    /already (imported|known|exist)|known transaction|AlreadyInTxPool/i.test(
      String(error.facts.reason),
    )
  );
}

/** Whether the node knows a transaction, mined or waiting; a node that does not answer does not. */
async function isKnown({ reader }: ChainConnection, hash: Hex): Promise<boolean> {
  return reader.getTransaction({ hash }).then(
    () => true,
    () => false,
  );
}

/** Whether a transaction waits to be mined: the node has it, and no block does. */
export async function isPending({ reader }: ChainConnection, hash: Hex): Promise<boolean> {
  return reader.getTransaction({ hash }).then(
    ({ blockNumber }) => blockNumber === null,
    () => false,
  );
}
