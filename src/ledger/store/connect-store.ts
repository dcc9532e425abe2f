import { mkdirSync } from 'node:fs';
import { Kysely, type PostgresPool, sql } from 'kysely';
import pg from 'pg';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { advisoryClosingLock, type ClosingLock, processClosingLock } from './closing-lock.ts';
import { lockFolder } from './folder-lock.ts';
import { LedgerDialect } from './ledger-dialect.ts';
import { openPglite } from './open-pglite.ts';
import { type ExecuteSql, pglitePool } from './pglite-pool.ts';
import type { Tables } from './tables.ts';

export interface StoreOptions {
  /** `postgres://…`; without it the embedded database is used. */
  readonly databaseUrl?: string | undefined;
  /** Where the embedded database lives; without it, in memory. */
  readonly folder?: string | undefined;
  /** Default `canbao`. */
  readonly schema?: string | undefined;
  /** To PostgreSQL, at most; default 8. */
  readonly connections?: number | undefined;
}

/** An open ledger. */
export interface Store {
  readonly db: Kysely<Tables>;
  readonly schema: string;
  readonly engine: 'postgres' | 'pglite';
  /** How other threads and processes reach the same database; undefined where only this one can. */
  readonly databaseUrl: string | undefined;
  /**
   * Statements as text, several at once where there are no values: for libraries that write their
   * own SQL. Not inside a transaction of `db`.
   */
  readonly execute: ExecuteSql;
  /** One closer at a time. */
  readonly closing: ClosingLock;
  close(): Promise<void>;
}

/** int8 as number: ids and fen stay far below 2^53. */
const typeParsers = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format ?? 'text'),
} as pg.CustomTypesConfig;

/**
 * Connects to a ledger's database as it is, tables and all.
 * @throws ledger.store_busy, ledger.store_unavailable, ledger.bad_schema_name
 */
export async function connectStore(options: StoreOptions = {}): Promise<Store> {
  const { databaseUrl, schema = 'canbao' } = options;
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema)) {
    throw new CanbaoError('ledger.bad_schema_name', { name: schema });
  }
  const { pool, execute, unlock } = await openPool(options, schema);
  const db = new Kysely<Tables>({ dialect: new LedgerDialect(pool, schema) });
  const close = async () => {
    await db.destroy();
    unlock();
  };
  try {
    if (!databaseUrl) await sql.raw(`set search_path to ${schema}`).execute(db);
  } catch (error) {
    await close();
    throw asUnavailable(error);
  }
  const engine = databaseUrl ? 'postgres' : 'pglite';
  const closing = databaseUrl ? advisoryClosingLock(databaseUrl, schema) : processClosingLock();
  return { db, schema, engine, databaseUrl: databaseUrl || undefined, execute, closing, close };
}

async function openPool(
  { databaseUrl, folder, connections = 8 }: StoreOptions,
  schema: string,
): Promise<{ pool: PostgresPool; execute: ExecuteSql; unlock: () => void }> {
  if (databaseUrl) {
    const pool = new pg.Pool({
      connectionString: databaseUrl,
      options: `-c search_path=${schema}`,
      types: typeParsers,
      max: connections,
    });
    // An idle connection that breaks is replaced by the pool, and one at work fails its statement;
    // unheard, the event would end the process.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
    const execute: ExecuteSql = async (text, values = []) => {
      const results = [await pool.query(text, [...values])].flat();
      return { rows: results.flatMap(({ rows }) => rows) };
    };
    return { pool, execute, unlock: () => {} };
  }
  let unlock = () => {};
  try {
    if (folder !== undefined) {
      mkdirSync(folder, { recursive: true });
      unlock = lockFolder(folder);
    }
    return { ...pglitePool(await openPglite(folder)), unlock };
  } catch (error) {
    unlock();
    throw asUnavailable(error);
  }
}

export function asUnavailable(error: unknown): CanbaoError {
  if (error instanceof CanbaoError) return error;
  // Several addresses tried: an AggregateError, whose own message is empty.
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const reason = first instanceof Error ? first.message : String(first);
  return new CanbaoError('ledger.store_unavailable', { reason }, error);
}
