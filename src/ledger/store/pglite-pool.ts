import type { PGlite } from '@electric-sql/pglite';
import type { PostgresPool } from 'kysely';

/**
 * PGlite as a `pg` pool of one connection: whoever connects waits until the one before releases.
 * So inside a transaction use the transaction, not the store's `db`: that would wait for itself.
 */
export function pglitePool(pglite: PGlite): PostgresPool {
  let tail: Promise<void> = Promise.resolve();
  return {
    async connect() {
      const turn = tail;
      let release = () => {};
      tail = new Promise((resolve) => {
        release = resolve;
      });
      await turn;
      return { query: (text: string, values: unknown[]) => query(pglite, text, values), release };
    },
    async end() {
      await tail;
      await pglite.close();
    },
  } as unknown as PostgresPool;
}

async function query(pglite: PGlite, text: string, values: readonly unknown[]) {
  const result = await pglite.query<Record<string, unknown>>(text, [...values]);
  return {
    command: result.command ?? 'SELECT',
    rowCount: result.rowCount ?? result.affectedRows ?? 0,
    rows: result.rows,
  };
}
