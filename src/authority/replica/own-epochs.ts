import { sql } from 'kysely';
import type { EpochRoot } from '../../core/brands.ts';
import { frFromBytes } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import { deleteDraft, deleteEpoch, isSigned } from '../../ledger/store/epoch-build.ts';
import { builtEpochs, type EpochInputs } from '../../ledger/store/epochs.ts';
import { cutBack } from '../../ledger/store/ledger-end.ts';
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
  if (!(await isSigned(trx, newest.id))) await deleteEpoch(trx, newest.id);
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
    // Its tiles are of rows that go.
    await deleteDraft(trx);
    await discardNewest(trx);
    const kept = (await builtEpochs(trx, { newest: true }))[0] ?? nothing;
    await trx.deleteFrom('enrolment').where('id', '>', kept.enrolmentCutoff).execute();
    await cutBack(trx, kept);
    await sql`delete from import_batch where id > greatest(0,
      (select batch_id from record order by id desc limit 1),
      (select batch_id from person_facts order by id desc limit 1))`.execute(trx);
    await sql`delete from source where id not in (select source_id from import_batch)`.execute(trx);
  });
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
