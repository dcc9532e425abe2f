import { bytesToNumberBE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes } from '@noble/hashes/utils.js';
import { type Fr, frToBytes, toFr } from '../core/field.ts';
import { poseidon } from '../core/poseidon.ts';
import {
  BabyCurve,
  type BabyPoint,
  SUBGROUP_ORDER,
  subgroupPoint,
  toBabyPoint,
} from './baby-jubjub.ts';

/** `S·B8 = R8 + h·8·A` with `h = Poseidon(R8x, R8y, Ax, Ay, M)`: circomlib's EdDSAPoseidonVerifier. */
export interface EddsaSignature {
  readonly r8: BabyPoint;
  /** In [0, l). */
  readonly s: Fr;
}

export interface SigningKey {
  /** a in [1, l). */
  readonly scalar: bigint;
  /** 32 secret bytes that nonces are derived from. */
  readonly noncePrefix: Uint8Array;
  /** `A = a·B8`. */
  readonly publicKey: BabyPoint;
}

/** Signs one field element. Deterministic: `r = SHA-512(noncePrefix, M) mod l`. */
export function signPoseidon(key: SigningKey, message: Fr): EddsaSignature {
  const nonce = bytesToNumberBE(sha512(concatBytes(key.noncePrefix, frToBytes(message))));
  const r = nonce % SUBGROUP_ORDER;
  const r8 = toBabyPoint(BabyCurve.BASE.multiply(r));
  const h = challenge(r8, key.publicKey, message);
  return { r8, s: toFr((r + 8n * h * key.scalar) % SUBGROUP_ORDER) };
}

/** False for a wrong signature, for s ≥ l, and for points outside the prime subgroup. */
export function verifyPoseidon(
  publicKey: BabyPoint,
  message: Fr,
  { r8, s }: EddsaSignature,
): boolean {
  const a = subgroupPoint(publicKey);
  const r = subgroupPoint(r8);
  if (!a || !r || s < 0n || s >= SUBGROUP_ORDER) return false;
  const h = (8n * challenge(r8, publicKey, message)) % SUBGROUP_ORDER;
  return BabyCurve.BASE.multiplyUnsafe(s).equals(r.add(a.multiplyUnsafe(h)));
}

function challenge(r8: BabyPoint, publicKey: BabyPoint, message: Fr): Fr {
  return poseidon([r8.x, r8.y, publicKey.x, publicKey.y, message]);
}
