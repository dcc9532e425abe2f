import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseMonth } from '../../src/core/month.ts';
import { packageRoot } from '../../src/keys/paths.ts';
import { importFile } from '../../src/ledger/import/import-file.ts';
import { readMapping } from '../../src/ledger/import/mapping.ts';
import { openStore, type Store } from '../../src/ledger/store/open-store.ts';
import { openQueue } from '../../src/service/queue.ts';
import { openServiceTables } from '../../src/service/store/migrations.ts';
import { pepper } from '../ledger/stores.ts';
import { readDocument } from './documents.ts';

const server = process.env.DATABASE_URL;
/** Roles belong to the whole server: others test on it too. */
const name = `canbao_guide_${randomBytes(4).toString('hex')}`;
const [making = '', granting = ''] = readDocument('docs/operations.md')
  .blocks.filter(({ language }) => language === 'sql')
  .map(({ code }) =>
    code
      .replace(/\b(role|database|owner) canbao\b/g, `$1 ${name}`)
      .replaceAll('canbao_service', `${name}_service`),
  );

describe.skipIf(!server)('the roles of the operator’s guide', () => {
  const urlOf = (user?: string) => {
    const url = new URL(server ?? '');
    url.pathname = `/${name}`;
    if (user) {
      url.username = user;
      url.password = '…';
    }
    return url.href;
  };
  /** As the server's own user. */
  const run = async (statements: string, url = server) => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      // One by one: a database is not made within a transaction.
      for (const one of statements.split(';').filter((text) => text.trim())) {
        await client.query(one);
      }
    } finally {
      await client.end();
    }
  };
  const openAll = async (user: string): Promise<Store> => {
    const store = await openStore({ databaseUrl: urlOf(user) });
    await openServiceTables(store);
    const queue = await openQueue(store);
    await queue.declare('guide', { retries: 1, retryDelay: 1, expireInSeconds: 10 });
    await queue.send('guide', '1');
    expect(await queue.size('guide')).toBe(1);
    await queue.close();
    return store;
  };

  beforeAll(async () => {
    await run(making);
    await (await openAll(name)).close();
    await run(granting, urlOf());
  });
  afterAll(() =>
    run(`drop database ${name} with (force); drop role ${name}_service; drop role ${name}`),
  );

  it('the owner makes the tables, and the service imports without owning them', async () => {
    const store = await openAll(`${name}_service`);
    const sample = (file: string) => join(packageRoot, 'demo', file);
    for (const kind of ['persons', 'contributions']) {
      const { batch } = await importFile(store, {
        file: sample(`xiamen/${kind}.csv`),
        mapping: await readMapping(sample(`mappings/xiamen-${kind}.json`)),
        pepper,
        present: parseMonth('2026-11'),
      });
      expect(batch.added).toBeGreaterThan(10);
    }
    await store.close();
  });

  it('the service cannot take the guard off the operator log', async () => {
    const { db, close } = await openStore({ databaseUrl: urlOf(`${name}_service`) });
    await expect(sql`alter table operator_log disable trigger all`.execute(db)).rejects.toThrow(
      'must be owner',
    );
    await close();
  });

  it('and nobody else gets in', async () => {
    await run(`create role ${name}_stranger login password '…'`);
    try {
      await expect(openStore({ databaseUrl: urlOf(`${name}_stranger`) })).rejects.toMatchObject({
        code: 'ledger.store_unavailable',
      });
    } finally {
      await run(`drop role ${name}_stranger`);
    }
  });
});
