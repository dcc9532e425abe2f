import {
  type Hex,
  type LocalAccount,
  recoverTypedDataAddress,
  type TypedDataDefinition,
} from 'viem';
import type { CommitmentSignature } from './types.ts';

/** Signs EIP-712 typed data with an authority's key. */
export async function signTyped(
  authority: LocalAccount,
  data: TypedDataDefinition,
): Promise<CommitmentSignature> {
  return { signer: authority.address, signature: await authority.signTypedData(data) };
}

/** Whether a signature of typed data is what its signer says it is. */
export async function isTypedSignature(
  data: TypedDataDefinition,
  { signer, signature }: CommitmentSignature,
): Promise<boolean> {
  const recovered = await recoverTypedDataAddress({ ...data, signature }).catch(() => undefined);
  return recovered?.toLowerCase() === signer.toLowerCase();
}

/** Signatures as contracts want them: ascending by signer. */
export function orderedSignatures(signatures: readonly CommitmentSignature[]): Hex[] {
  return [...signatures]
    .sort((a, b) => (a.signer.toLowerCase() < b.signer.toLowerCase() ? -1 : 1))
    .map(({ signature }) => signature);
}
