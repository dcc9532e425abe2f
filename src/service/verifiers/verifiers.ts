import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { RandomBytes } from '../../core/random.ts';
import { assertAudience } from '../../request/audience.ts';
import type { ServiceDb } from '../store/tables.ts';
import { newToken, tokenHash } from '../tokens.ts';

/** API keys begin with it, so that one found in the wrong place is known for what it is. */
const KEY_PREFIX = 'cbv_';

/** Who may ask in the name of its audience. */
export interface Verifier {
  readonly id: number;
  /** An https origin or a CAIP-10 account. */
  readonly audience: string;
  readonly name: string;
}

export interface ListedVerifier extends Verifier {
  readonly createdAt: Date;
  readonly revokedAt: Date | undefined;
}

/**
 * Registers a verifier. Its API key is handed out here and never again.
 * @throws request.bad_audience
 */
export async function addVerifier(
  db: ServiceDb,
  { audience, name }: Omit<Verifier, 'id'>,
  random: RandomBytes,
): Promise<{ readonly verifier: Verifier; readonly key: string }> {
  assertAudience(audience);
  const key = `${KEY_PREFIX}${newToken(random)}`;
  const { id } = await db
    .insertInto('verifier')
    .values({ audience, name, key_hash: tokenHash(key), revoked_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return { verifier: { id, audience, name }, key };
}

/** All of them, revoked ones too, in the order they came. */
export async function listVerifiers(db: ServiceDb): Promise<ListedVerifier[]> {
  const rows = await db.selectFrom('verifier').selectAll().orderBy('id').execute();
  return rows.map(({ id, audience, name, created_at, revoked_at }) => ({
    ...{ id, audience, name },
    createdAt: created_at,
    revokedAt: revoked_at ?? undefined,
  }));
}

/** From now on its key is refused; what it asked stays asked. @throws verifier.unknown */
export async function revokeVerifier(db: ServiceDb, id: number, at: Date): Promise<void> {
  const { numUpdatedRows } = await db
    .updateTable('verifier')
    .set({ revoked_at: at })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new CanbaoError('verifier.unknown', { id });
}

/** The verifier of an API key: one look-up by hash, whatever is handed in. @throws verifier.unknown_key */
export async function verifierOfKey(db: ServiceDb, key: string): Promise<Verifier> {
  const verifier = await db
    .selectFrom('verifier')
    .select(['id', 'audience', 'name'])
    .where('key_hash', '=', tokenHash(key))
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!verifier) throw new CanbaoError('verifier.unknown_key');
  return verifier;
}
