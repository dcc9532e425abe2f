import { type Address, type Hex, hashTypedData, type LocalAccount } from 'viem';
import { isTypedSignature, signTyped } from './typed-signature.ts';
import type { CommitmentSignature, EpochCommitment } from './types.ts';

/** `EpochCommitment` of `IEpochRegistry.sol`, as EIP-712 types. */
const types = {
  EpochCommitment: [
    { name: 'month', type: 'uint32' },
    { name: 'revision', type: 'uint32' },
    { name: 'epochRoot', type: 'uint256' },
    { name: 'previousRoot', type: 'uint256' },
    { name: 'accounts', type: 'uint64' },
  ],
} as const;

/** Which registry on which chain a signature is for. */
export interface RegistryDomain {
  readonly chainId: number;
  readonly registry: Address;
}

/** The EIP-712 domain of everything that is signed for a registry. */
export function canbaoDomain({ chainId, registry }: RegistryDomain) {
  return { name: 'Canbao', version: '1', chainId, verifyingContract: registry } as const;
}

function typedData(domain: RegistryDomain, commitment: EpochCommitment) {
  return {
    domain: canbaoDomain(domain),
    types,
    primaryType: 'EpochCommitment',
    message: { ...commitment, accounts: BigInt(commitment.accounts) },
  } as const;
}

/** The EIP-712 digest the authorities sign. */
export function hashCommitment(domain: RegistryDomain, commitment: EpochCommitment): Hex {
  return hashTypedData(typedData(domain, commitment));
}

/** Signs a commitment with an authority's key. Sign only a root rebuilt from the records. */
export function signCommitment(
  domain: RegistryDomain,
  authority: LocalAccount,
  commitment: EpochCommitment,
): Promise<CommitmentSignature> {
  return signTyped(authority, typedData(domain, commitment));
}

/** Whether `signature` is what its signer says it is. */
export function isSignatureOf(
  domain: RegistryDomain,
  commitment: EpochCommitment,
  signature: CommitmentSignature,
): Promise<boolean> {
  return isTypedSignature(typedData(domain, commitment), signature);
}
