import { sql } from 'kysely';
import type { EpochRoot } from '../../core/brands.ts';
import { frFromBytes } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import { builtEpochs, type StoredEpoch } from '../../ledger/store/epochs.ts';
import { takeLock } from '../../ledger/store/locks.ts';
import type { Store } from '../../ledger/store/open-store.ts';

/**
 * Throws away the newest epoch if the copy has not signed it: what is told of it may be another
 * story by now. So all that stay, the base of the next one, are signed.
 */
export async function discardUnsigned(store: Store): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    await takeLock(trx, 'epoch');
    const [newest] = await builtEpochs(trx, { newest: true });
    if (!newest) return;
    const signature = await trx
      .selectFrom('epoch_signature')
      .select('authority')
      .where('epoch_id', '=', newest.id)
      .executeTakeFirst();
    if (signature) return;
    await trx.deleteFrom('tile').where('epoch_id', '=', newest.id).execute();
    await trx.deleteFrom('epoch').where('id', '=', newest.id).execute();
  });
}

/** The newest epoch of a copy. */
export async function newestEpoch({ db }: Store): Promise<StoredEpoch | undefined> {
  return (await builtEpochs(db, { newest: true }))[0];
}

/** The root of a month's revision that an authority has signed in this store, if any. */
export async function signedRoot(
  { db }: Store,
  authority: string,
  month: MonthIndex,
  revision: number,
): Promise<EpochRoot | undefined> {
  const { rows } = await sql<{ root: Uint8Array }>`
    select root from epoch join epoch_signature on epoch_id = epoch.id
    where lower(authority) = ${authority.toLowerCase()}
      and month = ${month}::int and revision = ${revision}::int`.execute(db);
  return rows[0] && (frFromBytes(rows[0].root, 'root') as EpochRoot);
}
