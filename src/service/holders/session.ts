import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type Fr, frFromBytes } from '../../core/field.ts';
import type { KeyOwner } from '../../ledger/store/enrol-key.ts';
import type { Service } from '../service.ts';
import { tokenHash } from '../tokens.ts';
import { ownerOfKey } from './key-owner.ts';

/** Whoever is logged in, by their present key. */
export interface HolderSession {
  readonly commitment: Fr;
  readonly owner: KeyOwner;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/**
 * The session of a token. Ends by itself when another key is enrolled in place of its own.
 * @throws holder.no_session, holder.superseded
 */
export async function sessionOf(
  { db, clock, bureau }: Service,
  token: string,
): Promise<HolderSession> {
  const row = await db
    .selectFrom('holder_session')
    .select(['commitment', 'expires_at'])
    .where('token_hash', '=', tokenHash(token))
    .executeTakeFirst();
  if (!row || row.expires_at.getTime() <= clock() * 1000) {
    throw new CanbaoError('holder.no_session');
  }
  const commitment = frFromBytes(row.commitment, 'commitment');
  const owned = await ownerOfKey(bureau.store.db, commitment);
  if (!owned?.isPresent) throw new CanbaoError('holder.superseded');
  return { commitment, owner: owned.owner, expiresAt: row.expires_at.getTime() / 1000 };
}

export async function endSession({ db }: Service, token: string): Promise<void> {
  await db.deleteFrom('holder_session').where('token_hash', '=', tokenHash(token)).execute();
}
