import { sql } from 'kysely';
import { type Fr, frFromBytes } from '../../core/field.ts';
import { toFen } from '../../core/money.ts';
import { type MonthIndex, toMonthIndex } from '../../core/month.ts';
import type { CreditCode } from '../employer.ts';
import { type ContributionRecord, type PersonFacts, unknownFacts } from '../record.ts';
import type { Region } from '../region.ts';
import { type ChangedTiles, groupByTile } from './changed-tiles.ts';
import { intArray } from './columns.ts';
import type { EpochInputs } from './epochs.ts';
import { factsFromRow } from './facts-columns.ts';
import type { Db } from './tables.ts';

/** All that an account's leaf is made from. */
export interface AccountInputs {
  readonly accountIndex: number;
  readonly records: readonly ContributionRecord[];
  readonly facts: PersonFacts;
  readonly identityMonth: number;
  readonly holderCommitment: Fr;
}

/**
 * What the ledger knew of some accounts when an epoch was built, by the epoch's cutoffs: a version
 * counts if it is within them and nothing within them superseded it. So the past can be read at
 * any time, whatever was corrected since.
 * @param month records owed later are left out
 * @param accounts indices below `inputs.accountCount`; a few hundred at a time
 * @returns by index, ascending
 */
export async function accountInputs(
  db: Db,
  inputs: EpochInputs,
  month: MonthIndex,
  accounts: readonly number[],
): Promise<AccountInputs[]> {
  if (accounts.length === 0) return [];
  const among = sql`(select unnest(${intArray(accounts, 'bigint')}))`;
  const persons = await db
    .selectFrom('person')
    .select(['account_index', 'placeholder'])
    .where(sql<boolean>`account_index in ${among}`)
    .orderBy('account_index')
    .execute();
  const records = groupByAccount(await recordRows(db, inputs.recordCutoff, month, accounts));
  const facts = groupByAccount(
    await db
      .selectFrom('person_facts')
      .selectAll()
      .where(sql<boolean>`account_index in ${among}`)
      .where('id', '<=', inputs.factsCutoff)
      .where(sql<boolean>`(superseded_by is null or superseded_by > ${inputs.factsCutoff})`)
      .execute(),
  );
  const enrolments = groupByAccount(
    await db
      .selectFrom('enrolment')
      .select(['account_index', 'commitment', 'identity_month'])
      .where(sql<boolean>`account_index in ${among}`)
      .where('id', '<=', inputs.enrolmentCutoff)
      .orderBy('id')
      .$narrowType<{ account_index: number }>()
      .execute(),
  );
  return persons.map(({ account_index, placeholder }) => {
    const known = facts.get(account_index)?.[0];
    const enrolled = enrolments.get(account_index)?.at(-1);
    return {
      accountIndex: account_index,
      records: (records.get(account_index) ?? []).map(toRecord),
      facts: known ? factsFromRow(known) : unknownFacts,
      identityMonth: enrolled?.identity_month ?? 0,
      holderCommitment: frFromBytes(enrolled?.commitment ?? placeholder, 'holder commitment'),
    };
  });
}

function recordRows(db: Db, cutoff: number, month: MonthIndex, accounts: readonly number[]) {
  return db
    .selectFrom('record')
    .select(['account_index', 'insurance', 'month', 'settled', 'base_fen', 'region', 'employer'])
    .select(['category', 'paid'])
    .where(sql<boolean>`account_index in (select unnest(${intArray(accounts, 'bigint')}))`)
    .where('month', '<=', month)
    .where('id', '<=', cutoff)
    .where(sql<boolean>`(superseded_by is null or superseded_by > ${cutoff})`)
    .execute();
}

/** Rows were checked when they were imported; here they only get their types back. */
function toRecord(row: Awaited<ReturnType<typeof recordRows>>[number]): ContributionRecord {
  return {
    insurance: row.insurance,
    month: toMonthIndex(row.month),
    settled: row.settled === null ? null : toMonthIndex(row.settled),
    baseFen: toFen(row.base_fen),
    region: row.region as Region,
    employer: row.employer as CreditCode | null,
    category: row.category,
    paid: row.paid,
  };
}

function groupByAccount<T extends { account_index: number }>(rows: readonly T[]): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const group = groups.get(row.account_index);
    if (group) group.push(row);
    else groups.set(row.account_index, [row]);
  }
  return groups;
}

/**
 * Accounts whose leaf may differ between an earlier epoch and later inputs: new ones, and those with
 * a version or a month that only one of the two sees.
 */
export function changedAccounts(
  db: Db,
  before: EpochInputs & { readonly month: MonthIndex },
  after: EpochInputs & { readonly month: MonthIndex },
): Promise<ChangedTiles> {
  const from = Math.min(before.month, after.month);
  const to = Math.max(before.month, after.month);
  const leaves = sql`
    select account_index as leaf from person where account_index >= ${before.accountCount}::bigint
    union all select account_index from record where id > ${before.recordCutoff}::bigint
    union all select account_index from record where month > ${from}::int and month <= ${to}::int
    union all select account_index from person_facts where id > ${before.factsCutoff}::bigint
    union all select account_index from enrolment
      where id > ${before.enrolmentCutoff}::bigint and account_index is not null`;
  return groupByTile(db, leaves, after.accountCount);
}
