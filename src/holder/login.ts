import { bytesToNumberBE, hexToBytes } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { type Fr, toFr } from '../core/field.ts';
import { frSchema } from '../core/json.ts';
import { poseidon } from '../core/poseidon.ts';
import type { BabyPoint } from './baby-jubjub.ts';
import { signPoseidon, verifyPoseidon } from './eddsa-poseidon.ts';
import type { HolderKeys } from './keys.ts';

const DOMAIN = cut(sha256(utf8ToBytes('canbao/login/v1')));

/** 32 bytes in lower-case hex. */
export const nonceSchema = z.string().regex(/^[0-9a-f]{64}$/, 'not 32 bytes in lower-case hex');

/** What a holder answers a challenge with: the key signs nonce, service and commitment. */
export const loginSchema = z.strictObject({
  nonce: nonceSchema,
  commitment: frSchema,
  signature: z.strictObject({ r8x: frSchema, r8y: frSchema, s: frSchema }),
});

export type HolderLogin = Readonly<z.input<typeof loginSchema>>;

/** What is signed: a signature for one service is none for another. */
export interface LoginChallenge {
  readonly nonce: string;
  /** Where the holder's device is connected to: never what a server says of itself. */
  readonly origin: string;
}

export function createLogin(keys: HolderKeys, { nonce, origin }: LoginChallenge): HolderLogin {
  const message = loginMessage({ nonce, origin }, keys.commitment);
  const { r8, s } = signPoseidon(keys, message);
  return {
    nonce,
    commitment: String(keys.commitment),
    signature: { r8x: String(r8.x), r8y: String(r8.y), s: String(s) },
  };
}

/** Whether a key, the one enrolled with the commitment, answered this challenge. */
export function isLoginOf(
  publicKey: BabyPoint,
  { nonce, commitment, signature }: z.output<typeof loginSchema>,
  origin: string,
): boolean {
  const r8 = { x: signature.r8x, y: signature.r8y };
  const message = loginMessage({ nonce, origin }, commitment);
  return verifyPoseidon(publicKey, message, { r8, s: signature.s });
}

function loginMessage({ nonce, origin }: LoginChallenge, commitment: Fr): Fr {
  const from = cut(sha256(utf8ToBytes(origin)));
  return poseidon([DOMAIN, cut(sha256(hexToBytes(nonce))), from, commitment]);
}

/** A hash as a field element: 253 bits. */
function cut(hash: Uint8Array): Fr {
  return toFr(bytesToNumberBE(hash) >> 3n);
}
