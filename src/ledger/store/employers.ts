import { sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { RandomBytes } from '../../core/random.ts';
import type { CreditCode } from '../employer.ts';
import { bytesArray, intArray, textArray } from './columns.ts';
import { ledgerEnd } from './ledger-end.ts';
import { placeholderCommitment } from './persons.ts';
import { isSettled } from './settled.ts';
import type { Db } from './tables.ts';

/**
 * The place of an employer in the employers' tree; not one an unfinished import may take back.
 * @throws ledger.unknown_employer
 */
export async function employerIndex(db: Db, creditCode: CreditCode): Promise<number> {
  const row = await db
    .selectFrom('employer')
    .select('employer_index')
    .where('credit_code', '=', creditCode)
    .where(isSettled('employer'))
    .executeTakeFirst();
  if (!row) throw new CanbaoError('ledger.unknown_employer', { creditCode });
  return row.employer_index;
}

/** Employers the ledger has seen. */
export interface EmployerDirectory {
  /** Gives places to those not seen before, in the order given. */
  see(trx: Db, codes: Iterable<CreditCode>): Promise<void>;
}

/** Employers that are remembered as seen. */
const REMEMBERED = 200_000;

/** Assumes the import lock: places are given out without gaps. */
export async function openEmployerDirectory(
  trx: Db,
  random: RandomBytes,
): Promise<EmployerDirectory> {
  let { employerCount: next } = await ledgerEnd(trx);
  const seen = new Set<string>();

  async function see(trx: Db, codes: Iterable<CreditCode>): Promise<void> {
    if (seen.size > REMEMBERED) seen.clear();
    const asked = [...new Set(codes)].filter((code) => !seen.has(code));
    if (asked.length === 0) return;
    const known = await trx
      .selectFrom('employer')
      .select('credit_code')
      .where(sql<boolean>`credit_code in (select unnest(${textArray(asked)}))`)
      .execute();
    for (const { credit_code } of known) seen.add(credit_code);
    const fresh = asked.filter((code) => !seen.has(code));
    for (const code of fresh) seen.add(code);
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
