import { sql } from 'kysely';
import type { Db } from './tables.ts';

/** What writers take turns at. Readers never wait. */
export type WriterLock = 'import' | 'enrolment' | 'epoch';

const LOCK_NUMBERS: Record<WriterLock, number> = { import: 1, enrolment: 2, epoch: 3 };
/** Held over all the transactions of one import; 4 is that of closers, `closing-lock.ts`. */
const IMPORT_SESSION = 5;

/** Held until the transaction ends, one holder a schema. */
export async function takeLock(trx: Db, lock: WriterLock): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(current_schema()), ${LOCK_NUMBERS[lock]}::int)`.execute(
    trx,
  );
}

/** Held by the connection until {@link endImportSession}, or until it closes, however that comes about. */
export async function beginImportSession(connection: Db): Promise<void> {
  await sql`select pg_advisory_lock(hashtext(current_schema()), ${IMPORT_SESSION}::int)`.execute(
    connection,
  );
}

export async function endImportSession(connection: Db): Promise<void> {
  await sql`select pg_advisory_unlock(hashtext(current_schema()), ${IMPORT_SESSION}::int)`.execute(
    connection,
  );
}
