import { sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { RandomBytes } from '../../core/random.ts';
import { type Pepper, type PersonHash, pepperCheck } from '../person-hash.ts';
import { bytesArray, intArray } from './columns.ts';
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

/** The account of a person, if the ledger has one. */
export async function findAccount(db: Db, person: PersonHash): Promise<number | undefined> {
  const row = await db
    .selectFrom('person')
    .select('account_index')
    .where('person_hash', '=', person)
    .executeTakeFirst();
  return row?.account_index;
}

/** 253 random bits, so that the placeholder is a canonical field element. */
export function placeholderCommitment(random: RandomBytes): Uint8Array {
  const bytes = random(32);
  bytes[0] = (bytes[0] ?? 0) & 0x1f;
  return bytes;
}

/** Accounts of persons by the hexadecimal text of their hash. */
export interface PersonDirectory {
  /** Finds or makes the accounts. New ones follow in the order given. */
  resolve(persons: ReadonlyMap<string, PersonHash>): Promise<Map<string, number>>;
  /** How many accounts were made so far. */
  created(): number;
}

/** Assumes the import lock: account indices are given out without gaps. */
export async function openPersonDirectory(trx: Db, random: RandomBytes): Promise<PersonDirectory> {
  const { next: first } = await trx
    .selectFrom('person')
    .select(sql<number>`coalesce(max(account_index) + 1, 0)`.as('next'))
    .executeTakeFirstOrThrow();
  let next = first;

  async function resolve(persons: ReadonlyMap<string, PersonHash>): Promise<Map<string, number>> {
    const accounts = new Map<string, number>();
    if (persons.size === 0) return accounts;
    const rows = await trx
      .selectFrom('person')
      .select(['account_index', 'person_hash'])
      .where(sql<boolean>`person_hash = any(${bytesArray([...persons.values()])})`)
      .execute();
    for (const row of rows) {
      accounts.set(Buffer.from(row.person_hash).toString('hex'), row.account_index);
    }
    const fresh = [...persons].filter(([name]) => !accounts.has(name));
    const indices = fresh.map(([name]) => {
      accounts.set(name, next);
      return next++;
    });
    if (fresh.length > 0) {
      const hashes = bytesArray(fresh.map(([, hash]) => hash));
      const placeholders = bytesArray(fresh.map(() => placeholderCommitment(random)));
      await sql`insert into person (account_index, person_hash, placeholder)
        select * from unnest(${intArray(indices, 'bigint')}, ${hashes}, ${placeholders})`.execute(
        trx,
      );
    }
    return accounts;
  }

  return { resolve, created: () => next - first };
}
