import { sql } from 'kysely';
import type { EpochRoot } from '../../core/brands.ts';
import { frFromBytes } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import { builtEpochs, type EpochInputs, type StoredEpoch } from '../../ledger/store/epochs.ts';
import { takeLock } from '../../ledger/store/locks.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import type { Db } from '../../ledger/store/tables.ts';

/**
 * Throws away the newest epoch if the copy has not signed it: what is told of it may be another
 * story by now. So all that stay, the base of the next one, are signed.
 */
export async function discardUnsigned(store: Store): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    await takeLock(trx, 'epoch');
    await discardNewest(trx);
  });
}

async function discardNewest(trx: Db): Promise<void> {
  const [newest] = await builtEpochs(trx, { newest: true });
  if (!newest) return;
  const signature = await trx
    .selectFrom('epoch_signature')
    .select('authority')
    .where('epoch_id', '=', newest.id)
    .executeTakeFirst();
  if (!signature) await deleteEpoch(trx, newest.id);
}

async function deleteEpoch(trx: Db, id: number): Promise<void> {
  await trx.deleteFrom('tile').where('epoch_id', '=', id).execute();
  await trx.deleteFrom('epoch').where('id', '=', id).execute();
}

const nothing: EpochInputs = {
  ...{ accountCount: 0, employerCount: 0, recordCutoff: 0, factsCutoff: 0, enrolmentCutoff: 0 },
};

/**
 * Goes back to the last epoch that was signed, rows and all: what came since was refused, and would
 * stand in the way of what is right. What was signed for stays as it is.
 */
export async function forgetUnsigned(store: Store): Promise<void> {
  await store.db.transaction().execute(async (trx) => {
    for (const lock of ['import', 'enrolment', 'epoch'] as const) await takeLock(trx, lock);
    const draft = await trx
      .selectFrom('epoch')
      .select('id')
      .where('state', '=', 'building')
      .executeTakeFirst();
    // Its tiles are of rows that go.
    if (draft) await deleteEpoch(trx, draft.id);
    await discardNewest(trx);
    const kept = (await builtEpochs(trx, { newest: true }))[0] ?? nothing;
    const { accountCount, employerCount, recordCutoff, factsCutoff, enrolmentCutoff } = kept;
    await trx.deleteFrom('enrolment').where('id', '>', enrolmentCutoff).execute();
    for (const [table, cutoff] of [
      ['record', recordCutoff],
      ['person_facts', factsCutoff],
    ] as const) {
      await trx.deleteFrom(table).where('id', '>', cutoff).execute();
      await trx
        .updateTable(table)
        .set({ superseded_by: null })
        .where('superseded_by', '>', cutoff)
        .execute();
    }
    await trx.deleteFrom('employer').where('employer_index', '>=', employerCount).execute();
    await trx.deleteFrom('person').where('account_index', '>=', accountCount).execute();
    await sql`delete from import_batch where id > greatest(0,
      (select batch_id from record order by id desc limit 1),
      (select batch_id from person_facts order by id desc limit 1))`.execute(trx);
    await sql`delete from source where id not in (select source_id from import_batch)`.execute(trx);
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
