import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** What writers take turns at. Readers never wait. */
export type WriterLock = 'import' | 'enrolment' | 'epoch';

const LOCK_NUMBERS: Record<WriterLock, number> = { import: 1, enrolment: 2, epoch: 3 };

/** Held until the transaction ends, one holder a schema. */
export async function takeLock(trx: Db, lock: WriterLock): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema()), ${LOCK_NUMBERS[lock]}::int)`.execute(
    trx,
  );
}
