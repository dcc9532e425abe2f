import { sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { RandomBytes } from '../../core/random.ts';
import type { CreditCode } from '../employer.ts';
import { bytesArray, intArray, textArray } from './columns.ts';
import { placeholderCommitment } from './persons.ts';
import type { Db } from './tables.ts';

/** The place of an employer in the employers' tree. @throws ledger.unknown_employer */
export async function employerIndex(db: Db, creditCode: CreditCode): Promise<number> {
  const row = await db
    .selectFrom('employer')
    .select('employer_index')
    .where('credit_code', '=', creditCode)
    .executeTakeFirst();
  if (!row) throw new CanbaoError('ledger.unknown_employer', { creditCode });
  return row.employer_index;
}

/** Employers the ledger has seen. */
export interface EmployerDirectory {
  /** Gives places to those not seen before, in the order given. */
  see(codes: Iterable<CreditCode>): Promise<void>;
}

/** Assumes the import lock: places are given out without gaps. */
export async function openEmployerDirectory(
  trx: Db,
  random: RandomBytes,
): Promise<EmployerDirectory> {
  const row = await trx
    .selectFrom('employer')
    .select(sql<number>`coalesce(max(employer_index) + 1, 0)`.as('next'))
    .executeTakeFirstOrThrow();
  let { next } = row;

  async function see(codes: Iterable<CreditCode>): Promise<void> {
    const asked = [...new Set(codes)];
    if (asked.length === 0) return;
    const known = await trx
      .selectFrom('employer')
      .select('credit_code')
      .where(sql<boolean>`credit_code = any(${textArray(asked)})`)
      .execute();
    const seen = new Set(known.map(({ credit_code }) => credit_code));
    const fresh = asked.filter((code) => !seen.has(code));
    if (fresh.length === 0) return;
    const indices = intArray(
      fresh.map(() => next++),
      'bigint',
    );
    const placeholders = bytesArray(fresh.map(() => placeholderCommitment(random)));
    await sql`insert into employer (employer_index, credit_code, placeholder)
      select * from unnest(${indices}, ${textArray(fresh)}, ${placeholders})`.execute(trx);
  }

  return { see };
}
