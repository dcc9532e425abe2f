import { beginImportSession, endImportSession, takeLock } from './locks.ts';
import type { Store } from './open-store.ts';
import type { Db } from './tables.ts';

/** The right to import, held over as many transactions as a file takes. */
export interface ImportSession {
  /** Runs one step under the import lock; it is committed whole or not at all. */
  step<T>(work: (trx: Db) => Promise<T>): Promise<T>;
}

/** Waits until no other import is under way, in this process or another, and keeps others waiting. */
export function importSession<T>(
  store: Store,
  work: (session: ImportSession) => Promise<T>,
): Promise<T> {
  return alone(store, (db) =>
    work({
      step: (step) =>
        db.transaction().execute(async (trx) => {
          await takeLock(trx, 'import');
          return step(trx);
        }),
    }),
  );
}

/**
 * The same, of which nothing remains: one transaction, rolled back when `work` has looked at what
 * came of it. Epochs cannot be closed meanwhile.
 */
export async function rehearsal<T>(
  store: Store,
  work: (session: ImportSession, db: Db) => Promise<T>,
): Promise<T> {
  const done: { value?: T } = {};
  const undo = new Error('rolled back');
  try {
    await alone(store, (db) =>
      db.transaction().execute(async (trx) => {
        await takeLock(trx, 'import');
        done.value = await work({ step: (step) => step(trx) }, trx);
        throw undo;
      }),
    );
  } catch (error) {
    if (error !== undo) throw error;
  }
  return done.value as T;
}

/** On the embedded database, which no other process can have open: whose turn it is. */
const turns = new WeakMap<Store, Promise<unknown>>();

function alone<T>(store: Store, work: (db: Db) => Promise<T>): Promise<T> {
  if (store.engine === 'pglite') {
    const turn = (turns.get(store) ?? Promise.resolve()).then(() => work(store.db));
    turns.set(
      store,
      turn.catch(() => {}),
    );
    return turn;
  }
  return store.db.connection().execute(async (connection) => {
    await beginImportSession(connection);
    try {
      return await work(connection);
    } finally {
      // A connection that broke has lost the lock with everything else.
      await endImportSession(connection).catch(() => {});
    }
  });
}
