import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { presentMonth } from '../../../src/core/month.ts';
import { importFile } from '../../../src/ledger/import/import-file.ts';
import { toPepper } from '../../../src/ledger/person-hash.ts';
import { listBatches } from '../../../src/ledger/store/batch.ts';
import { openStore, type StoreOptions } from '../../../src/ledger/store/open-store.ts';
import { unfinishedImport } from '../../../src/ledger/store/unfinished-import.ts';
import { openHome } from '../../../src/runtime/home.ts';
import { developmentToken } from '../../../src/service/operators/development-issuer.ts';
import { dumpImports } from '../../ledger/dump.ts';
import { csvOf, goodRows, laterRows } from '../../ledger/long-files.ts';
import { longMapping } from '../../ledger/stores.ts';
import { type Call, callingUrl } from '../../support/call-service.ts';
import { type RunningService, startService } from '../../support/running-service.ts';

const databaseUrl = process.env.DATABASE_URL;
const database = `canbao_${randomBytes(6).toString('hex')}`;
const KILLS = 2;

let folder: string;
let home: string;
/** Of the service that is killed, and of a ledger nothing happens to. */
let places: { readonly killed: StoreOptions; readonly whole: StoreOptions };
let environment: Record<string, string>;
let service: RunningService;
let token: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'canbao-killed-'));
  home = join(folder, 'home');
  const own = new URL(databaseUrl || 'postgres://none');
  if (databaseUrl) {
    await onServer(`create database ${database}`);
    own.pathname = `/${database}`;
    places = {
      killed: { databaseUrl: own.href },
      whole: { databaseUrl: own.href, schema: 'whole' },
    };
  } else {
    places = { killed: { folder: join(home, 'ledger') }, whole: { folder: join(folder, 'whole') } };
  }
  // Empty it is none: the embedded database.
  environment = { DATABASE_URL: databaseUrl ? own.href : '', CANBAO_PROVERS: '0' };
  service = await start();
  const operator = { subject: 'importer', roles: ['importer'] as const, audience: 'canbao' };
  token = await developmentToken(openHome(home), { ...operator, clock: systemClock });
});
afterAll(async () => {
  await service?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
  if (databaseUrl) await onServer(`drop database ${database} with (force)`);
});

const start = () => startService({ home, environment, args: [] });

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

const call: Call = (...asked) => callingUrl(service.url)(...asked);

/** Sends a file. @returns its upload's id */
async function upload(name: string, content: string): Promise<string> {
  const form = new FormData();
  form.append('mapping', JSON.stringify(longMapping()));
  form.append('file', new Blob([content]), name);
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${service.url}/v1/bureau/imports`, {
    ...{ method: 'POST', headers, body: form },
  });
  expect(answer.status).toBe(202);
  return ((await answer.json()) as { id: string }).id;
}

/** Looks until it is at its end, or has come so far. */
async function looked(id: string, rows = Number.POSITIVE_INFINITY) {
  for (;;) {
    const { body } = await call('GET', `/v1/bureau/imports/${id}`, { token });
    if (body.endedAt !== null || (body.progress?.rows ?? 0) >= rows) return body;
    await setTimeout(20);
  }
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

test('an import whose process is killed goes on where it was, and nothing is lost or doubled', async () => {
  const early = goodRows(numbers(0, 250), 190);
  const files = {
    'early.csv': csvOf(early),
    'later.csv': csvOf([
      ...laterRows(early, numbers(200, 1000)),
      // Enough to be killed in the midst of: the embedded database answers only between two steps.
      ...goodRows(numbers(250, 650), 130),
    ]),
  };
  expect((await looked(await upload('early.csv', files['early.csv']))).state).toBe('done');
  const id = await upload('later.csv', files['later.csv']);

  let rows = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const seen = await looked(id, rows + 1);
    expect(seen, `before kill ${kill + 1}`).toMatchObject({ state: 'importing', endedAt: null });
    rows = seen.progress.rows;
    const exit = once(service.child, 'exit');
    service.child.kill('SIGKILL');
    expect(await exit).toEqual([null, 'SIGKILL']);
    service = await start();
  }
  const done = await looked(id);
  expect(done).toMatchObject({ state: 'done', error: null });
  const { resumedRows, alreadyImported, ...counts } = done.report;
  expect(resumedRows).toBeGreaterThanOrEqual(rows);
  expect(resumedRows).toBeLessThan(counts.rows);
  expect(alreadyImported).toBe(false);
  await expect
    .poll(() => (existsSync(join(home, 'uploads')) ? readdirSync(join(home, 'uploads')) : []))
    .toEqual([]);
  await service[Symbol.asyncDispose]();

  const whole = await openStore(places.whole);
  const pepper = toPepper(await openHome(home).secret('person-numbers', 32));
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    await writeFile(file, content);
    const mapping = longMapping();
    const present = presentMonth(systemClock);
    await importFile(whole, { file, mapping, pepper, present });
  }
  const killed = await openStore(places.killed);
  try {
    const [batch] = (await listBatches(whole)).filter(({ fileName }) => fileName === 'later.csv');
    expect(batch).toMatchObject(counts);
    for (const kind of ['added', 'corrected', 'unchanged', 'duplicates', 'refused'] as const) {
      expect(counts[kind], kind).toBeGreaterThan(100);
    }
    expect(await unfinishedImport(killed.db)).toBeUndefined();
    expect(await listBatches(killed)).toHaveLength(2);
    expect(await dumpImports(killed)).toEqual(await dumpImports(whole));
  } finally {
    await killed.close();
    await whole.close();
  }
}, 300_000);
