import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HeldLock } from '../../src/ledger/store/closing-lock.ts';
import type { Store } from '../../src/ledger/store/open-store.ts';
import { openStore } from '../../src/ledger/store/open-store.ts';
import { closeTestStore, engines, openTestStore } from './stores.ts';

describe.each(engines)('the closing lock on %s', (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => closeTestStore(store));

  /** Holds the lock until told to let go. */
  async function holding(of: Store = store) {
    let letGo = () => {};
    let take = (_: HeldLock) => {};
    const taken = new Promise<HeldLock>((resolve) => {
      take = resolve;
    });
    const done = of.closing.hold(false, async (held) => {
      take(held);
      await new Promise<void>((resolve) => {
        letGo = resolve;
      });
    });
    const held = await Promise.race([taken, done.then(() => Promise.reject(new Error('ended')))]);
    const release = () => {
      letGo();
      return done;
    };
    return { held, release };
  }
  const nothing = async () => 'done';

  it('is held by one; others are refused, or wait', async () => {
    const { held, release } = await holding();
    await held.check();
    await expect(store.closing.hold(false, nothing)).rejects.toMatchObject({
      code: 'epoch.closing',
    });
    let isIn = false;
    const waiting = store.closing.hold(true, async () => {
      isIn = true;
      return 'waited';
    });
    await setTimeout(150);
    expect(isIn).toBe(false);
    await release();
    expect(await waiting).toBe('waited');
    expect(await store.closing.hold(false, nothing)).toBe('done');
  });

  it('is let go of by work that fails', async () => {
    const failing = () => Promise.reject(new Error('failed'));
    await expect(store.closing.hold(false, failing)).rejects.toThrow('failed');
    expect(await store.closing.hold(false, nothing)).toBe('done');
  });

  it('lets one after the other in, of many that wait', async () => {
    let inside = 0;
    const work = async () => {
      expect(++inside).toBe(1);
      await setTimeout(5);
      inside--;
    };
    await Promise.all(Array.from({ length: 6 }, () => store.closing.hold(true, work)));
  });

  if (engine === 'postgres') {
    const databaseUrl = process.env.DATABASE_URL;

    it('is one for all stores of a ledger, and none of another ledger’s business', async () => {
      await using same = await opened({ databaseUrl, schema: store.schema });
      const other = await openTestStore(engine);
      const { release } = await holding();
      await expect(same.store.closing.hold(false, nothing)).rejects.toMatchObject({
        code: 'epoch.closing',
      });
      expect(await other.closing.hold(false, nothing)).toBe('done');
      await release();
      await closeTestStore(other);
    });

    it('is lost with its connection, and says so at the next step', async () => {
      const { held, release } = await holding();
      await sql`select pg_terminate_backend(pid) from pg_locks
        where locktype = 'advisory' and objid = 4
        and classid::bigint = (hashtext(${store.schema})::bigint & 4294967295)`.execute(store.db);
      await expect(held.check()).rejects.toMatchObject({ code: 'epoch.lock_lost' });
      expect(await store.closing.hold(false, nothing)).toBe('done');
      await release();
    });
  }
});

async function opened(options: Parameters<typeof openStore>[0]) {
  const store = await openStore(options);
  return { store, [Symbol.asyncDispose]: () => store.close() };
}
