import { bytesToNumberBE } from '@noble/curves/utils.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type Fr, toFr } from '../core/field.ts';
import { firstIssue, frSchema } from '../core/json.ts';
import { poseidon } from '../core/poseidon.ts';
import type { BabyPoint } from './baby-jubjub.ts';
import { signPoseidon, verifyPoseidon } from './eddsa-poseidon.ts';
import { assertHolderKey, type HolderKeys } from './keys.ts';

const FORMAT = 'canbao/enrolment@1';
/** SHA-256 of the domain text, cut to 253 bits so that it is a field element. */
const DOMAIN = toFr(bytesToNumberBE(sha256(utf8ToBytes('canbao/enrolment/v1'))) >> 3n);

const schema = z.strictObject({
  format: z.literal(FORMAT),
  ax: frSchema,
  ay: frSchema,
  commitment: frSchema,
  /** Proof of possession: the key signs the commitment. */
  signature: z.strictObject({ r8x: frSchema, r8y: frSchema, s: frSchema }),
});

/**
 * What a person hands the bureau to bind their record to their key. The nullifier key stays
 * secret, so the bureau cannot open the commitment; a wrong one only makes its owner's proofs fail.
 */
export type HolderEnrolment = Readonly<z.input<typeof schema>>;

export function createEnrolment(keys: HolderKeys): HolderEnrolment {
  const { r8, s } = signPoseidon(keys, enrolmentMessage(keys.commitment));
  return {
    format: FORMAT,
    ax: String(keys.publicKey.x),
    ay: String(keys.publicKey.y),
    commitment: String(keys.commitment),
    signature: { r8x: String(r8.x), r8y: String(r8.y), s: String(s) },
  };
}

/**
 * Reads and checks an enrolment: form, key, possession.
 * @throws holder.bad_enrolment, holder.bad_key
 */
export function readEnrolment(json: unknown): {
  readonly publicKey: BabyPoint;
  readonly commitment: Fr;
} {
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('holder.bad_enrolment', { reason: firstIssue(parsed.error) });
  }
  const { ax, ay, commitment, signature } = parsed.data;
  const publicKey = { x: ax, y: ay };
  assertHolderKey(publicKey);
  const r8 = { x: signature.r8x, y: signature.r8y };
  if (!verifyPoseidon(publicKey, enrolmentMessage(commitment), { r8, s: signature.s })) {
    throw new CanbaoError('holder.bad_enrolment', { reason: 'the key did not sign it' });
  }
  return { publicKey, commitment };
}

function enrolmentMessage(commitment: Fr): Fr {
  return poseidon([DOMAIN, commitment]);
}
