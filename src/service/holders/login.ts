import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { frToBytes } from '../../core/field.ts';
import { isLoginOf, type loginSchema } from '../../holder/login.ts';
import { boundHolderKey } from '../../ledger/store/holder-keys.ts';
import type { Service } from '../service.ts';
import { newToken, tokenHash } from '../tokens.ts';
import { ownerOfKey } from './key-owner.ts';

const CHALLENGE_SECONDS = 120;
const SESSION_SECONDS = 15 * 60;

/** What a holder signs to log in; times are Unix seconds. */
export interface Challenge {
  /** 32 bytes in hex. */
  readonly nonce: string;
  /** The origin that the signature is bound to. */
  readonly audience: string;
  readonly expiresAt: number;
}

export interface NewSession {
  /** Told once; its hash is kept. */
  readonly token: string;
  readonly expiresAt: number;
}

export async function newChallenge({ db, random, clock, origin }: Service): Promise<Challenge> {
  const nonce = random(32);
  const expiresAt = clock() + CHALLENGE_SECONDS;
  await db
    .insertInto('holder_challenge')
    .values({ nonce, expires_at: new Date(expiresAt * 1000) })
    .execute();
  return { nonce: bytesToHex(nonce), audience: origin, expiresAt };
}

/**
 * Begins a session for whoever holds the key that was enrolled with the commitment. The challenge is
 * spent by trying. Which commitments are enrolled is not told apart from wrong signatures.
 * @throws holder.challenge_gone, holder.login_refused, holder.superseded
 */
export async function logIn(
  service: Service,
  login: z.output<typeof loginSchema>,
): Promise<NewSession> {
  const { db, random, clock, origin, bureau } = service;
  const spent = await db
    .deleteFrom('holder_challenge')
    .where('nonce', '=', hexToBytes(login.nonce))
    .returning('expires_at')
    .executeTakeFirst();
  const now = clock();
  if (!spent || spent.expires_at.getTime() <= now * 1000) {
    throw new CanbaoError('holder.challenge_gone');
  }
  const { commitment } = login;
  const key = await boundHolderKey(bureau.store.db, commitment);
  const owned = await ownerOfKey(bureau.store.db, commitment);
  if (!key || !owned || !isLoginOf(key, login, origin)) {
    throw new CanbaoError('holder.login_refused');
  }
  if (!owned.isPresent) throw new CanbaoError('holder.superseded');
  const token = newToken(random);
  const expiresAt = now + SESSION_SECONDS;
  await db
    .insertInto('holder_session')
    .values({
      token_hash: tokenHash(token),
      commitment: frToBytes(commitment),
      expires_at: new Date(expiresAt * 1000),
    })
    .execute();
  return { token, expiresAt };
}
