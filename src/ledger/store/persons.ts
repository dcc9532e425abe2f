import { sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { RandomBytes } from '../../core/random.ts';
import { type Pepper, type PersonHash, pepperCheck } from '../person-hash.ts';
import { bytesArray, hexArray, intArray } from './columns.ts';
import { ledgerEnd } from './ledger-end.ts';
import { isSettled } from './settled.ts';
import type { Db } from './tables.ts';

/**
 * Remembers the pepper's fingerprint the first time and compares it ever after: with another
 * pepper every person would be taken for a new one.
 * @throws ledger.wrong_pepper
 */
export async function checkPepper(trx: Db, pepper: Pepper): Promise<void> {
  const check = pepperCheck(pepper);
  await trx
    .insertInto('ledger_meta')
    .values({ name: 'pepper_check', value: check })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = await trx
    .selectFrom('ledger_meta')
    .select('value')
    .where('name', '=', 'pepper_check')
    .executeTakeFirstOrThrow();
  if (!Buffer.from(row.value).equals(check)) throw new CanbaoError('ledger.wrong_pepper');
}

/** The account of a person, if the ledger has one; not one an unfinished import may take back. */
export async function findAccount(db: Db, person: PersonHash): Promise<number | undefined> {
  const row = await db
    .selectFrom('person')
    .select('account_index')
    .where('person_hash', '=', person)
    .where(isSettled('account'))
    .executeTakeFirst();
  return row?.account_index;
}

/** 253 random bits, so that the placeholder is a canonical field element. */
export function placeholderCommitment(random: RandomBytes): Uint8Array {
  const bytes = random(32);
  bytes[0] = (bytes[0] ?? 0) & 0x1f;
  return bytes;
}

/** Accounts of persons, who go by the hexadecimal text of their hash. */
export interface PersonDirectory {
  /**
   * Finds or makes the accounts. New ones follow in the order given.
   * @returns the account of each, and the first that was made now
   */
  resolve(
    trx: Db,
    persons: readonly string[],
  ): Promise<{ readonly accounts: readonly number[]; readonly firstNew: number }>;
  /** The first account that is not given out. */
  end(): number;
}

/** Persons whose account is remembered: exports come person by person, or month by month. */
const REMEMBERED = 200_000;

/** Assumes the import lock: account indices are given out without gaps. */
export async function openPersonDirectory(trx: Db, random: RandomBytes): Promise<PersonDirectory> {
  let { accountCount: next } = await ledgerEnd(trx);
  const known = new Map<string, number>();

  async function resolve(trx: Db, persons: readonly string[]) {
    if (known.size > REMEMBERED) known.clear();
    const asked = persons.filter((name) => !known.has(name));
    if (asked.length > 0) {
      const { rows } = await sql<{ account: number; name: string }>`
        select account_index as account, encode(person_hash, 'hex') as name from person
        where person_hash in (select unnest(${hexArray(asked)}))`.execute(trx);
      for (const { name, account } of rows) known.set(name, account);
    }
    const firstNew = next;
    const fresh = asked.filter((name) => !known.has(name));
    for (const name of fresh) known.set(name, next++);
    await insertPersons(trx, fresh, firstNew, random);
    return { accounts: persons.map((name) => known.get(name) ?? 0), firstNew };
  }

  return { resolve, end: () => next };
}

async function insertPersons(
  trx: Db,
  names: readonly string[],
  first: number,
  random: RandomBytes,
): Promise<void> {
  if (names.length === 0) return;
  const indices = intArray(
    names.map((_, i) => first + i),
    'bigint',
  );
  const placeholders = bytesArray(names.map(() => placeholderCommitment(random)));
  await sql`insert into person (account_index, person_hash, placeholder)
    select * from unnest(${indices}, ${hexArray(names)}, ${placeholders})`.execute(trx);
}
