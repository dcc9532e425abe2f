import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { FIELD_ORDER, toFr } from '../../../src/core/field.ts';
import { BabyCurve, SUBGROUP_ORDER, toBabyPoint } from '../../../src/holder/baby-jubjub.ts';
import { deriveHolderKeys, type HolderKeys, holderCommitment } from '../../../src/holder/keys.ts';

const DERIVED = 3;

/** A few holders as a wallet would make them, and the two with the least and the greatest secrets. */
export function holderKeys(seed: string): HolderKeys[] {
  const derived = Array.from({ length: DERIVED }, (_, i) =>
    deriveHolderKeys(sha256(utf8ToBytes(`${seed} holder ${i}`))),
  );
  return [...derived, extremeKeys(1n, 0n), extremeKeys(SUBGROUP_ORDER - 1n, FIELD_ORDER - 1n)];
}

function extremeKeys(scalar: bigint, nullifierKey: bigint): HolderKeys {
  const publicKey = toBabyPoint(BabyCurve.BASE.multiply(scalar));
  return {
    scalar,
    noncePrefix: new Uint8Array(32),
    publicKey,
    nullifierKey: toFr(nullifierKey),
    commitment: holderCommitment(publicKey, toFr(nullifierKey)),
  };
}
