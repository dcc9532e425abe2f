import pg, { type QueryConfig } from 'pg';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

/** Lets one closer at a time work on a ledger, across processes and machines. */
export interface ClosingLock {
  /**
   * Runs `work` while no other closer of this ledger runs.
   * @param wait for the one that does; without it that is refused
   * @throws epoch.closing, epoch.lock_lost, ledger.store_unavailable
   */
  hold<T>(wait: boolean, work: (held: HeldLock) => Promise<T>): Promise<T>;
}

/** A lock that is held, as far as one knows. */
export interface HeldLock {
  /** Asks the database. Call it before each step that others must not take too. @throws epoch.lock_lost */
  check(): Promise<void>;
}

/** Beside the writers' locks of `locks.ts`. */
const LOCK_NUMBER = 4;

/** What a machine that vanished held is free after 25 s; a long build does not idle the lock away. */
const SESSION = `set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5;
  set tcp_keepalives_count = 3; select set_config(name, '0', false) from pg_settings
  where name = 'idle_session_timeout'`;

/** The other end may be gone without a word. */
const PING: QueryConfig & { query_timeout: number } = { text: 'select 1', query_timeout: 10_000 };

/**
 * A session-level advisory lock of PostgreSQL on a connection of its own: it ends with the
 * connection, however the process ends. Wants a direct connection or one pooled by the session.
 */
export function advisoryClosingLock(databaseUrl: string, schema: string): ClosingLock {
  return {
    async hold(wait, work) {
      const client = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
      let isLost = false;
      client.on('error', () => {
        isLost = true;
      });
      try {
        await connect(client);
        if (!(await take(client, schema, wait))) throw new CanbaoError('epoch.closing');
        return await work({
          async check() {
            if (!isLost) await client.query(PING).catch(() => (isLost = true));
            if (isLost) throw new CanbaoError('epoch.lock_lost');
          },
        });
      } finally {
        // The lock ends with its connection.
        await client.end().catch(() => {});
      }
    },
  };
}

async function connect(client: pg.Client): Promise<void> {
  try {
    await client.connect();
    await client.query(SESSION);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CanbaoError('ledger.store_unavailable', { reason }, error);
  }
}

async function take(client: pg.Client, schema: string, wait: boolean): Promise<boolean> {
  const key = [schema, LOCK_NUMBER];
  try {
    if (!wait) {
      const text = 'select pg_try_advisory_lock(hashtext($1), $2::int) as taken';
      return (await client.query<{ taken: boolean }>(text, key)).rows[0]?.taken === true;
    }
    await client.query('select pg_advisory_lock(hashtext($1), $2::int)', key);
    return true;
  } catch (error) {
    throw new CanbaoError('epoch.lock_lost', {}, error);
  }
}

/** For a database that one process has to itself: the embedded one. */
export function processClosingLock(): ClosingLock {
  let last: Promise<unknown> = Promise.resolve();
  let holders = 0;
  return {
    async hold(wait, work) {
      if (holders > 0 && !wait) throw new CanbaoError('epoch.closing');
      holders++;
      const turn = last.then(() => work({ check: async () => {} }));
      last = turn.catch(() => {});
      try {
        return await turn;
      } finally {
        holders--;
      }
    },
  };
}
