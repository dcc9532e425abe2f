import type { Address, Hex, LocalAccount } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { statementVerifierAbi as abi } from './artifacts/StatementVerifier.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';
import type { ContractPresentation } from './contract-presentation.ts';
import { sendCall } from './send-call.ts';
import { type ContractVerdict, contractVerdicts } from './types.ts';

/** A statement verifier on a chain. */
export interface StatementVerifierContract {
  readonly chain: ChainConnection;
  readonly address: Address;
}

/** The audience of an account or contract: `eip155:<chain id>:0x<lowercase address>` (CAIP-10). */
export function contractAudience(chainId: number, address: Address): string {
  return `eip155:${chainId}:${address.toLowerCase()}`;
}

/**
 * What the contract says of a presentation. Sends nothing and spends nothing.
 * @throws chain.unreachable, chain.rpc_failed, chain.no_contract, chain.bad_value
 */
export async function checkOnChain(
  { chain, address }: StatementVerifierContract,
  presentation: ContractPresentation,
): Promise<ContractVerdict> {
  const number = await withChainErrors(chain.url, () =>
    chain.reader.readContract({
      address,
      abi,
      functionName: 'check',
      args: [withProofTuple(presentation)],
    }),
  );
  return verdictOf(chain, number);
}

/** A verdict by the contract's number for it. @throws chain.rpc_failed for one it does not have */
export function verdictOf({ url }: ChainConnection, number: number): ContractVerdict {
  const verdict = contractVerdicts[number];
  if (verdict !== undefined) return verdict;
  throw new CanbaoError('chain.rpc_failed', { url, reason: `verdict ${number}` });
}

/**
 * Consumes a presentation addressed to `audience` and spends its nullifier.
 * @param confirmations blocks to wait for, the transaction's own included
 * @throws chain.rejected with the verdict, chain.not_confirmed, chain.unreachable, chain.bad_value
 */
export async function consume(
  { chain, address }: StatementVerifierContract,
  audience: LocalAccount,
  presentation: ContractPresentation,
  confirmations = 1,
): Promise<Hex> {
  const call = { abi, functionName: 'consume', args: [withProofTuple(presentation)] } as const;
  return (await sendCall({ chain, address }, audience, call, confirmations)).transactionHash;
}

/** Whether a nullifier was consumed. @throws chain.unreachable, chain.rpc_failed, chain.no_contract */
export async function isNullifierSpent(
  { chain, address }: StatementVerifierContract,
  nullifier: bigint,
): Promise<boolean> {
  return withChainErrors(chain.url, () =>
    chain.reader.readContract({ address, abi, functionName: 'isSpent', args: [nullifier] }),
  );
}

type Words8 = readonly [bigint, bigint, bigint, bigint, bigint, bigint, bigint, bigint];

/** viem wants the proof as a tuple; it refuses any other length itself. */
export function withProofTuple<T extends Pick<ContractPresentation, 'proof'>>(part: T) {
  return { ...part, proof: part.proof as Words8 };
}
