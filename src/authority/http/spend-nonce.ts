import type { Db } from '../../ledger/store/tables.ts';
import type { SignedRequest } from './request-signature.ts';

/**
 * Takes a request's nonce: in the database, so that it holds for every process on it and across
 * restarts. Those of requests that are stale by themselves are forgotten.
 * @param now Unix seconds
 * @returns whether it was still there to take
 */
export async function spendNonce(
  db: Db,
  { nonce, expiresAt }: SignedRequest,
  now: number,
): Promise<boolean> {
  await db
    .deleteFrom('authority_nonce')
    .where('expires_at', '<', new Date(now * 1000))
    .execute();
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('authority_nonce')
    .values({ nonce, expires_at: new Date(expiresAt * 1000) })
    .onConflict((conflict) => conflict.column('nonce').doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}
