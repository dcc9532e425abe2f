import { bytesToNumberBE } from '@noble/curves/utils.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { type Nullifier, type Scope, toNullifier } from '../core/brands.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { FIELD_ORDER, type Fr, toFr } from '../core/field.ts';
import { poseidon } from '../core/poseidon.ts';
import { tags } from '../core/tags.ts';
import {
  BabyCurve,
  type BabyPoint,
  SUBGROUP_ORDER,
  subgroupPoint,
  toBabyPoint,
} from './baby-jubjub.ts';
import type { SigningKey } from './eddsa-poseidon.ts';

/** Everything secret a holder has, and the public key and commitment that stand for it. */
export interface HolderKeys extends SigningKey {
  readonly nullifierKey: Fr;
  readonly commitment: Fr;
}

/**
 * Derives a holder's keys from a seed of 16 to 64 bytes: HKDF-SHA256 without salt, 64 bytes for each
 * info string, big-endian, reduced by the group's order.
 * @throws core.bad_bytes
 */
export function deriveHolderKeys(seed: Uint8Array): HolderKeys {
  if (seed.length < 16 || seed.length > 64) {
    throw new CanbaoError('core.bad_bytes', { what: 'seed', bytes: '16–64' });
  }
  const scalar = secretNumber(seed, 'canbao/holder-key/v1', SUBGROUP_ORDER);
  const nullifierKey = toFr(secretNumber(seed, 'canbao/nullifier-key/v1', FIELD_ORDER));
  const publicKey = toBabyPoint(BabyCurve.BASE.multiply(scalar));
  return {
    scalar,
    noncePrefix: expand(seed, 'canbao/holder-nonce/v1', 32),
    publicKey,
    nullifierKey,
    commitment: holderCommitment(publicKey, nullifierKey),
  };
}

/** `Poseidon(TAG_HOLDER, Ax, Ay, nullifierKey)`: what a leaf holds of its owner. */
export function holderCommitment({ x, y }: BabyPoint, nullifierKey: Fr): Fr {
  return poseidon([tags.TAG_HOLDER, x, y, nullifierKey]);
}

/** `Poseidon(TAG_NULLIFIER, nullifierKey, scope)`. */
export function nullifierOf(nullifierKey: Fr, scope: Scope): Nullifier {
  return toNullifier(poseidon([tags.TAG_NULLIFIER, nullifierKey, scope]));
}

/**
 * What a bureau checks before it enrols a key: a point of small order would let signatures verify
 * under several messages.
 * @throws holder.bad_key
 */
export function assertHolderKey(key: BabyPoint): void {
  if (!subgroupPoint(key)) {
    throw new CanbaoError('holder.bad_key', { reason: 'not a point of the prime subgroup' });
  }
}

function expand(seed: Uint8Array, info: string, bytes: number): Uint8Array {
  return hkdf(sha256, seed, undefined, utf8ToBytes(info), bytes);
}

/** In [1, order): 512 bits reduced, so the bias is below 2^-250. */
function secretNumber(seed: Uint8Array, info: string, order: bigint): bigint {
  const value = bytesToNumberBE(expand(seed, info, 64)) % order;
  if (value === 0n) throw new CanbaoError('holder.bad_key', { reason: 'it is zero' });
  return value;
}
