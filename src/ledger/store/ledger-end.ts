import { sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { EpochInputs } from './epochs.ts';
import type { Db } from './tables.ts';

/** What a ledger holds, as an epoch names it, without the keys. */
export type LedgerEnd = Omit<EpochInputs, 'enrolmentCutoff'>;

/** Where the tables end now. Assumes the import lock. */
export async function ledgerEnd(trx: Db): Promise<LedgerEnd> {
  const { rows } = await sql<LedgerEnd>`select
    (select coalesce(max(account_index) + 1, 0) from person) as "accountCount",
    (select coalesce(max(employer_index) + 1, 0) from employer) as "employerCount",
    (select coalesce(max(id), 0) from record) as "recordCutoff",
    (select coalesce(max(id), 0) from person_facts) as "factsCutoff"`.execute(trx);
  const [end] = rows;
  if (!end) throw new CanbaoError('core.internal', { what: 'end of the ledger' });
  return end;
}

/** Deletes all that lies behind where a ledger ended. Enrolments are the caller's. Assumes the import lock. */
export async function cutBack(trx: Db, end: LedgerEnd): Promise<void> {
  // What was superseded may be effective again only once nothing else is.
  for (const [table, cutoff] of [
    ['record', end.recordCutoff],
    ['person_facts', end.factsCutoff],
  ] as const) {
    await trx.deleteFrom(table).where('id', '>', cutoff).execute();
    await trx
      .updateTable(table)
      .set({ superseded_by: null })
      .where('superseded_by', '>', cutoff)
      .execute();
  }
  await trx.deleteFrom('person').where('account_index', '>=', end.accountCount).execute();
  await trx.deleteFrom('employer').where('employer_index', '>=', end.employerCount).execute();
}
