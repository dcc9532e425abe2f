import type { PGlite } from '@electric-sql/pglite';
import type { PostgresPool } from 'kysely';

/** Rows of a statement, or of the last of several. */
export type ExecuteSql = (
  text: string,
  values?: readonly unknown[],
) => Promise<{ rows: Record<string, unknown>[] }>;

/**
 * PGlite as a `pg` pool of one connection: whoever connects waits until the one before releases.
 * So inside a transaction use the transaction, not the store's `db`: that would wait for itself.
 */
export function pglitePool(pglite: PGlite): { pool: PostgresPool; execute: ExecuteSql } {
  let tail: Promise<void> = Promise.resolve();
  const connection = async () => {
    const turn = tail;
    let release = () => {};
    tail = new Promise((resolve) => {
      release = resolve;
    });
    await turn;
    return release;
  };
  const pool = {
    async connect() {
      const release = await connection();
      return { query: (text: string, values: unknown[]) => query(pglite, text, values), release };
    },
    async end() {
      await tail;
      await pglite.close();
    },
  } as unknown as PostgresPool;
  return {
    pool,
    async execute(text, values = []) {
      const release = await connection();
      try {
        if (values.length > 0) return await query(pglite, text, values);
        const results = await pglite.exec(text);
        return { rows: results.flatMap(({ rows }) => rows) };
      } finally {
        release();
      }
    },
  };
}

async function query(pglite: PGlite, text: string, values: readonly unknown[]) {
  const result = await pglite.query<Record<string, unknown>>(text, [...values]);
  return {
    command: result.command ?? 'SELECT',
    rowCount: result.rowCount ?? result.affectedRows ?? 0,
    rows: result.rows,
  };
}
