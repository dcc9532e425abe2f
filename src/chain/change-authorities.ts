import { encodeFunctionData, type Hex, type LocalAccount } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { epochRegistryAbi as abi } from './artifacts/EpochRegistry.generated.ts';
import { changeArguments, hashAuthorityChange } from './authority-change.ts';
import { withChainErrors } from './chain-errors.ts';
import { type RegistryContract, registryAuthorities } from './registry.ts';
import { sendTransaction } from './send-transaction.ts';
import { confirmed } from './transactions.ts';
import { orderedSignatures } from './typed-signature.ts';
import type { AuthorityChange, CommitmentSignature } from './types.ts';

/**
 * Submits a change of the authorities and waits for the confirmations. One that was the last to be
 * applied is not sent again.
 * @param submitter pays; need not be an authority
 * @returns the transaction, or undefined if there was nothing left to do
 * @throws authority.outdated_change, authority.no_quorum; chain.reverted with the contract's error,
 * chain.not_confirmed, chain.unreachable
 */
export async function changeAuthorities(
  registry: RegistryContract,
  submitter: LocalAccount,
  change: AuthorityChange,
  signatures: readonly CommitmentSignature[],
): Promise<Hex | undefined> {
  const { chain, address, confirmations = 1 } = registry;
  const domain = { chainId: chain.chainId, registry: address };
  const { quorum, lastChange } = await registryAuthorities({ ...registry, confirmations: 1 });
  if (lastChange === hashAuthorityChange(domain, change)) return undefined;
  if (lastChange !== change.previousChange) {
    throw new CanbaoError('authority.outdated_change', { last: lastChange });
  }
  if (signatures.length < quorum) {
    throw new CanbaoError('authority.no_quorum', { signatures: signatures.length, quorum });
  }
  const args = [changeArguments(change), orderedSignatures(signatures)] as const;
  const call = { abi, functionName: 'changeAuthorities', args } as const;
  const data = await withChainErrors(chain.url, async () => {
    await chain.reader.simulateContract({ account: submitter, address, ...call });
    return encodeFunctionData(call);
  });
  const hash = await sendTransaction(chain, submitter, { to: address, data });
  await confirmed(chain, hash, confirmations);
  return hash;
}
