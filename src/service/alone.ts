import { sql } from 'kysely';
import type { Store } from '../ledger/store/open-store.ts';

/** Beside the ledger's own advisory locks, 1 to 5. */
const LOCK_NUMBERS = { uploads: 6, retention: 7 } as const;
export type ServiceLock = keyof typeof LOCK_NUMBERS;

/** The embedded database belongs to one process: who holds what in it. */
const holders = new WeakMap<Store, Set<ServiceLock>>();

/**
 * Runs `work` unless something else holds the lock, in this process or another.
 * @returns what it returned, or undefined where the lock is held
 */
export async function tryAlone<T>(
  store: Store,
  lock: ServiceLock,
  work: () => Promise<T>,
): Promise<{ readonly value: T } | undefined> {
  if (store.engine === 'pglite') return tryInProcess(store, lock, work);
  const key = sql`hashtext(current_schema()), ${LOCK_NUMBERS[lock]}::int`;
  // The lock ends with its connection, however the process ends.
  return store.db.connection().execute(async (connection) => {
    const { rows } = await sql<{ taken: boolean }>`
      select pg_try_advisory_lock(${key}) as taken`.execute(connection);
    if (!rows[0]?.taken) return undefined;
    try {
      return { value: await work() };
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection).catch(() => {});
    }
  });
}

async function tryInProcess<T>(store: Store, lock: ServiceLock, work: () => Promise<T>) {
  const held = holders.get(store) ?? new Set();
  holders.set(store, held);
  if (held.has(lock)) return undefined;
  held.add(lock);
  try {
    return { value: await work() };
  } finally {
    held.delete(lock);
  }
}
