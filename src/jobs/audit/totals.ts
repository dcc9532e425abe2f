import { sql } from 'kysely';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Db } from '../../ledger/store/tables.ts';

/** What an epoch counted, added up from the records. */
export interface EpochTotals {
  readonly accounts: number;
  readonly employers: number;
  /** Contributions (person × insurance × month) in effect and owed up to the epoch's month. */
  readonly records: number;
  readonly paid: number;
  readonly unpaid: number;
  /** In effect but owed later, and so not counted. */
  readonly later: number;
  /** People with a paid contribution in the epoch's month. */
  readonly people: number;
  /** Sum of the paid pension bases of the epoch's month, fen. */
  readonly baseFen: number;
}

/** One pass over the records. */
export async function epochTotals(db: Db, epoch: StoredEpoch): Promise<EpochTotals> {
  const { month, recordCutoff: cutoff, accountCount, employerCount } = epoch;
  const { rows } = await sql<Omit<EpochTotals, 'accounts' | 'employers'>>`
    select count(*) filter (where month <= ${month}::int) as records,
      count(*) filter (where month <= ${month}::int and paid) as paid,
      count(*) filter (where month <= ${month}::int and not paid) as unpaid,
      count(*) filter (where month > ${month}::int) as later,
      count(distinct account_index) filter (where month = ${month}::int and paid) as people,
      coalesce(sum(base_fen) filter (where month = ${month}::int and paid and insurance = 0), 0)::bigint
        as "baseFen"
    from record where id <= ${cutoff}::bigint
      and (superseded_by is null or superseded_by > ${cutoff}::bigint)`.execute(db);
  const none = { records: 0, paid: 0, unpaid: 0, later: 0, people: 0, baseFen: 0 };
  return { accounts: accountCount, employers: employerCount, ...(rows[0] ?? none) };
}
