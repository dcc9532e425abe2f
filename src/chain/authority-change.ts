import { type Hex, hashTypedData, type LocalAccount } from 'viem';
import { canbaoDomain, type RegistryDomain } from './epoch-commitment.ts';
import { isTypedSignature, signTyped } from './typed-signature.ts';
import type { AuthorityChange, CommitmentSignature } from './types.ts';

/** `AuthorityChange` of `IEpochRegistry.sol`, as EIP-712 types. */
const types = {
  AuthorityChange: [
    { name: 'previousChange', type: 'bytes32' },
    { name: 'added', type: 'address[]' },
    { name: 'removed', type: 'address[]' },
    { name: 'quorum', type: 'uint256' },
  ],
} as const;

function typedData(domain: RegistryDomain, change: AuthorityChange) {
  return {
    domain: canbaoDomain(domain),
    types,
    primaryType: 'AuthorityChange',
    message: changeArguments(change),
  } as const;
}

/** A change as the contract takes it. */
export function changeArguments({ previousChange, added, removed, quorum }: AuthorityChange) {
  return { previousChange, added, removed, quorum: BigInt(quorum) };
}

/** The EIP-712 digest the authorities sign; the change after this one names it. */
export function hashAuthorityChange(domain: RegistryDomain, change: AuthorityChange): Hex {
  return hashTypedData(typedData(domain, change));
}

/** Signs a change with the key of an authority of today. */
export function signAuthorityChange(
  domain: RegistryDomain,
  authority: LocalAccount,
  change: AuthorityChange,
): Promise<CommitmentSignature> {
  return signTyped(authority, typedData(domain, change));
}

/** Whether `signature` is what its signer says it is. */
export function isChangeSignature(
  domain: RegistryDomain,
  change: AuthorityChange,
  signature: CommitmentSignature,
): Promise<boolean> {
  return isTypedSignature(typedData(domain, change), signature);
}
