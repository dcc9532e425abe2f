import type { Address, Hex } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { statementId } from '../request/request-hash.ts';
import { groth16VerifierAbi } from './artifacts/Groth16Verifier.generated.ts';
import { statementVerifierAbi } from './artifacts/StatementVerifier.generated.ts';
import { withChainErrors } from './chain-errors.ts';
import type { ChainConnection } from './connection.ts';
import type { RegistryContract } from './registry.ts';

const NOBODY = /^0x0{40}$/;

/**
 * `vkeyHash` that a deployed `StatementVerifier` checks a statement with; undefined where it does not
 * know the statement. A contract that looks roots up elsewhere is none of this registry's: anybody may
 * deploy one, so its address must come from somebody who is trusted.
 * @throws chain.other_registry, chain.no_contract, chain.unreachable, chain.rpc_failed
 */
export async function registeredKeyHash(
  { chain, address: registry }: RegistryContract,
  verifier: Address,
  statement: string,
): Promise<Hex | undefined> {
  return withChainErrors(chain.url, async () => {
    const contract = { address: verifier, abi: statementVerifierAbi } as const;
    const own = await chain.reader.readContract({ ...contract, functionName: 'registry' });
    if (own.toLowerCase() !== registry.toLowerCase()) {
      throw new CanbaoError('chain.other_registry', { known: registry, given: own });
    }
    const proofs = await chain.reader.readContract({
      ...{ ...contract, functionName: 'verifierOf' },
      args: [statementId(statement)],
    });
    if (NOBODY.test(proofs)) return undefined;
    return verifierKeyHash(chain, proofs);
  });
}

/** Hash of the key that a `Groth16Verifier` was deployed with. @throws as {@link registeredKeyHash} */
export function verifierKeyHash(chain: ChainConnection, address: Address): Promise<Hex> {
  return withChainErrors(chain.url, () =>
    chain.reader.readContract({ address, abi: groth16VerifierAbi, functionName: 'vkeyHash' }),
  );
}
