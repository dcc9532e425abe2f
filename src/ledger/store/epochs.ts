import { toEpochRoot } from '../../core/brands.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { frFromBytes } from '../../core/field.ts';
import { formatMonth, type MonthIndex, toMonthIndex } from '../../core/month.ts';
import type { Epoch } from '../epoch.ts';
import type { Store } from './open-store.ts';
import type { Db } from './tables.ts';

/** `built`: root known here. `signed`: a quorum of authorities signed it. `submitted`: sent to the chain. `final`: confirmed. */
export const epochStates = ['building', 'built', 'signed', 'submitted', 'final'] as const;
export type EpochState = (typeof epochStates)[number];

/** Names what an epoch has seen: records, facts, enrolments up to these ids, accounts and employers below these indices. */
export interface EpochInputs {
  readonly accountCount: number;
  readonly employerCount: number;
  readonly recordCutoff: number;
  readonly factsCutoff: number;
  readonly enrolmentCutoff: number;
}

/** A closed month as the ledger keeps it. */
export interface StoredEpoch extends Epoch, EpochInputs {
  readonly id: number;
  /** 0 when the month is closed, one more each time it is corrected after it was published. */
  readonly revision: number;
  readonly state: Exclude<EpochState, 'building'>;
  /** Leaves computed anew for it. */
  readonly changedAccounts: number;
  readonly changedEmployers: number;
  /** Transaction that published it. */
  readonly txHash: string | null;
  readonly builtAt: Date;
}

/** Every closed month and revision, in the order they were built. */
export async function listEpochs(store: Store): Promise<StoredEpoch[]> {
  return builtEpochs(store.db);
}

/** The epoch closed last, if any. */
export async function latestEpoch(store: Store): Promise<StoredEpoch | undefined> {
  return (await builtEpochs(store.db, { newest: true }))[0];
}

/**
 * A month's epoch, its last revision unless one is named.
 * @throws ledger.unknown_epoch
 */
export async function getEpoch(
  store: Store,
  month: MonthIndex,
  revision?: number,
): Promise<StoredEpoch> {
  const [epoch] = await builtEpochs(store.db, { month, revision, newest: true });
  if (epoch) return epoch;
  const what = formatMonth(month) + (revision === undefined ? '' : `, revision ${revision}`);
  throw new CanbaoError('ledger.unknown_epoch', { what });
}

/** Epochs that have a root, oldest first, or only the newest that matches. */
export async function builtEpochs(
  db: Db,
  where: { id?: number; month?: MonthIndex; revision?: number | undefined; newest?: true } = {},
): Promise<StoredEpoch[]> {
  const { id, month, revision, newest } = where;
  const rows = await db
    .selectFrom('epoch')
    .selectAll()
    .where('state', '!=', 'building')
    .$if(id !== undefined, (query) => query.where('id', '=', id ?? 0))
    .$if(month !== undefined, (query) => query.where('month', '=', month ?? 0))
    .$if(revision !== undefined, (query) => query.where('revision', '=', revision ?? 0))
    .orderBy('id', newest ? 'desc' : 'asc')
    .$if(newest === true, (query) => query.limit(1))
    .execute();
  return rows.map(toStoredEpoch);
}

type EpochRow = Awaited<ReturnType<typeof selectOne>>;
const selectOne = (db: Db) => db.selectFrom('epoch').selectAll().executeTakeFirstOrThrow();

function toStoredEpoch(row: EpochRow): StoredEpoch {
  const { root, accounts_root, employers_root, built_at } = row;
  if (!root || !accounts_root || !employers_root || !built_at) {
    throw new CanbaoError('core.internal', { what: `epoch ${row.id} has no root` });
  }
  return {
    id: row.id,
    month: toMonthIndex(row.month),
    revision: row.revision,
    state: row.state as StoredEpoch['state'],
    accountsRoot: frFromBytes(accounts_root),
    employersRoot: frFromBytes(employers_root),
    root: toEpochRoot(frFromBytes(root)),
    accountCount: row.account_count,
    employerCount: row.employer_count,
    recordCutoff: row.record_cutoff,
    factsCutoff: row.facts_cutoff,
    enrolmentCutoff: row.enrolment_cutoff,
    changedAccounts: row.changed_accounts ?? 0,
    changedEmployers: row.changed_employers ?? 0,
    txHash: row.tx_hash,
    builtAt: built_at,
  };
}
