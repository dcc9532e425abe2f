import type { RequestHash } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Fr } from '../core/field.ts';
import type { BabyPoint } from '../holder/baby-jubjub.ts';
import { type EddsaSignature, signPoseidon } from '../holder/eddsa-poseidon.ts';
import type { HolderKeys } from '../holder/keys.ts';

/**
 * What somebody else needs to prove for a holder: everything of the holder keys but the signing key,
 * and a signature over each request that may be answered. The circuit checks the signature, so that
 * no other request can be answered with it.
 */
export interface HolderAuthorization {
  readonly publicKey: BabyPoint;
  /** Lets its bearer recognise the holder's answers everywhere. */
  readonly nullifierKey: Fr;
  readonly commitment: Fr;
  readonly signatures: readonly SignedRequest[];
}

/** A holder's signature over a request hash. */
export interface SignedRequest {
  readonly requestHash: RequestHash;
  readonly signature: EddsaSignature;
}

/** On the holder's device the keys, elsewhere what the holder signed. */
export type ProvingHolder = HolderKeys | HolderAuthorization;

/**
 * The holder's signature over a request: made now, or the one that was handed over.
 * @throws delegation.not_signed where none was
 */
export function signatureOver(holder: ProvingHolder, requestHash: RequestHash): EddsaSignature {
  if ('scalar' in holder) return signPoseidon(holder, requestHash);
  const found = holder.signatures.find((signed) => signed.requestHash === requestHash);
  if (!found) throw new CanbaoError('delegation.not_signed');
  return found.signature;
}
