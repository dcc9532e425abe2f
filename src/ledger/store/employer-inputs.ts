import { sql } from 'kysely';
import { type Fr, frFromBytes } from '../../core/field.ts';
import { type MonthIndex, toMonthIndex } from '../../core/month.ts';
import type { CreditCode } from '../employer.ts';
import { HEAD_COUNT_MONTHS, type OwedMonth } from '../employer-account.ts';
import { type ChangedTiles, groupByTile } from './changed-tiles.ts';
import { intArray } from './columns.ts';
import type { EpochInputs } from './epochs.ts';
import type { Db } from './tables.ts';

/** All that an employer's leaf is made from. */
export interface EmployerInputs {
  readonly employerIndex: number;
  readonly creditCode: CreditCode;
  /** One entry a month with any record, ascending. */
  readonly months: readonly OwedMonth[];
  readonly identityMonth: number;
  readonly holderCommitment: Fr;
}

/**
 * What the ledger knew of some employers when an epoch was built, by the epoch's cutoffs, as
 * `accountInputs` reads persons. Their records are added up in the database: at most one row a
 * month comes here, however many people an employer has.
 * @param month records owed later are left out
 * @param employers indices below `inputs.employerCount`; a few hundred at a time
 * @returns by index, ascending
 */
export async function employerInputs(
  db: Db,
  inputs: EpochInputs,
  month: MonthIndex,
  employers: readonly number[],
): Promise<EmployerInputs[]> {
  if (employers.length === 0) return [];
  const among = sql`(select unnest(${intArray(employers, 'bigint')}))`;
  const rows = await db
    .selectFrom('employer')
    .selectAll()
    .where(sql<boolean>`employer_index in ${among}`)
    .orderBy('employer_index')
    .execute();
  const enrolments = await db
    .selectFrom('enrolment')
    .select(['employer_index', 'commitment', 'identity_month'])
    .where(sql<boolean>`employer_index in ${among}`)
    .where('id', '<=', inputs.enrolmentCutoff)
    .orderBy('id')
    .execute();
  const enrolled = new Map(enrolments.map((row) => [row.employer_index, row]));
  const months = await owedMonths(db, inputs.recordCutoff, month, employers);
  return rows.map(({ employer_index, credit_code, placeholder }) => {
    const key = enrolled.get(employer_index);
    return {
      employerIndex: employer_index,
      creditCode: credit_code as CreditCode,
      months: months.get(employer_index) ?? [],
      identityMonth: key?.identity_month ?? 0,
      holderCommitment: frFromBytes(key?.commitment ?? placeholder, 'holder commitment'),
    };
  });
}

/** Records by employer and month, added up. */
async function owedMonths(
  db: Db,
  cutoff: number,
  month: MonthIndex,
  employers: readonly number[],
): Promise<Map<number, OwedMonth[]>> {
  const { rows } = await sql<Omit<OwedMonth, 'month'> & { employer: number; month: number }>`
    select employer_index as employer, month,
      count(distinct account_index) filter (where paid) as people,
      count(*) filter (where not paid) as unpaid
    from employer join record on record.employer = credit_code
    where employer_index in (select unnest(${intArray(employers, 'bigint')}))
      and month <= ${month}::int
      and id <= ${cutoff}::bigint
      and (superseded_by is null or superseded_by > ${cutoff}::bigint)
    group by employer_index, month
    order by employer_index, month`.execute(db);
  const months = new Map<number, OwedMonth[]>();
  for (const { employer, month: owed, people, unpaid } of rows) {
    const list = months.get(employer) ?? [];
    list.push({ month: toMonthIndex(owed), people, unpaid });
    months.set(employer, list);
  }
  return months;
}

/**
 * Employers whose leaf may differ between an earlier epoch and later inputs: new ones, those with a
 * version only one of the two sees, and where the month is another, those with a record in a month
 * that either counts heads in or only one of them sees.
 */
export function changedEmployers(
  db: Db,
  before: EpochInputs & { readonly month: MonthIndex },
  after: EpochInputs & { readonly month: MonthIndex },
): Promise<ChangedTiles> {
  const isOtherMonth = before.month !== after.month;
  const from = Math.min(before.month, after.month) - HEAD_COUNT_MONTHS;
  const to = Math.max(before.month, after.month);
  const leaves = sql`
    select employer_index as leaf from employer
      where employer_index >= ${before.employerCount}::bigint
    union all select employer_index from employer where credit_code in (
      select employer from record where id > ${before.recordCutoff}::bigint
      union select employer from record where superseded_by > ${before.recordCutoff}::bigint)
    union all select employer_index from employer where ${isOtherMonth}::bool and exists (
      select from record where record.employer = credit_code
        and month > ${from}::int and month <= ${to}::int)
    union all select employer_index from enrolment
      where id > ${before.enrolmentCutoff}::bigint and employer_index is not null`;
  return groupByTile(db, leaves, after.employerCount);
}
