import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backupTables } from '../../../src/service/backup/tables.ts';
import { keptForever, retentionRules } from '../../../src/service/retention/rules.ts';
import { runRetention } from '../../../src/service/retention/run-retention.ts';
import { openTestService, type TestService } from '../service.ts';

const DAY = 86_400;
const start = Math.floor(Date.now() / 1000);
let now = start;
let canbao: TestService;
beforeAll(async () => {
  canbao = await openTestService({ empty: true, clock: () => now });
});
afterAll(() => canbao[Symbol.asyncDispose]());

test('every table of the service has a rule, or is kept on purpose', async () => {
  const { rows } = await sql<{ name: string }>`
    select relname as name from pg_class
    where relnamespace = current_schema()::text::regnamespace and relkind = 'r'`.execute(
    canbao.service.db,
  );
  const ledger = ['source', 'import_batch', 'refused_row', 'person', 'employer', 'person_facts'];
  ledger.push('record', 'enrolment', 'epoch', 'epoch_signature', 'tile', 'ledger_meta');
  ledger.push('import_seen_key', 'holder_key', 'kysely_migration', 'kysely_migration_lock');
  ledger.push('service_migration', 'service_migration_lock');
  const ruled = [...retentionRules.map(({ table }) => table), ...keptForever];
  expect(rows.map(({ name }) => name).sort()).toEqual([...ledger, ...ruled].sort());
  // A backup keeps whatever is not over within minutes.
  const kept = (await backupTables(canbao.service.db as never)).map(({ name }) => name);
  expect(kept).toEqual(expect.arrayContaining(['verifier', 'spent_nullifier', 'operator_log']));
});

test('rows go when their time is over, and not before', async () => {
  const { service } = canbao;
  const { db } = service;
  const at = new Date(start * 1000);
  const bytes = (n: number) => new Uint8Array(32).fill(n);
  await db
    .insertInto('holder_challenge')
    .values({ nonce: bytes(1), expires_at: at })
    .execute();
  const session = { token_hash: bytes(2), commitment: bytes(3), expires_at: at };
  await db.insertInto('holder_session').values(session).execute();
  await db
    .insertInto('spent_nullifier')
    .values({ scope: bytes(4), nullifier: bytes(5) })
    .execute();
  const upload = { file_name: 'a', mapping: '{}', operator: 'x', dry_run: false, created_at: at };
  await db
    .insertInto('upload')
    .values([
      { ...upload, id: 'over', state: 'done', ended_at: at },
      { ...upload, id: 'open', state: 'queued' },
    ])
    .execute();
  const closing = { kind: 'check', revise: false, operator: 'x', attempts: 1 } as const;
  await db
    .insertInto('closing')
    .values({ ...closing, id: 'c', state: 'done', created_at: at, ended_at: at })
    .execute();
  const entry = { operator: 'x', role: 'admin', action: 'a', facts: '{}', outcome: 'ok' };
  const old = new Date((start - (3 * 366 + 1) * DAY) * 1000);
  await db
    .insertInto('operator_log')
    .values([
      { ...entry, at: old },
      { ...entry, at },
    ])
    .execute();

  now = start - 1;
  expect(await runRetention(service)).toEqual({ operator_log: 1 });
  now = start;
  expect(await runRetention(service)).toEqual({ holder_challenge: 1, holder_session: 1 });
  now = start + 90 * DAY - 1;
  expect(await runRetention(service)).toEqual({});
  now = start + 90 * DAY;
  expect(await runRetention(service)).toEqual({ upload: 1 });
  // A clock that runs ahead deletes no log.
  now = start + 10 * 366 * DAY;
  expect(await runRetention(service)).toEqual({ closing: 1 });
  const left = async (table: 'spent_nullifier' | 'operator_log' | 'upload') =>
    (await db.selectFrom(table).selectAll().execute()).length;
  expect([await left('spent_nullifier'), await left('operator_log')]).toEqual([1, 1]);
  expect(await left('upload')).toBe(1);
});

test('files nobody will import are swept, those that wait are not', async () => {
  const { service } = canbao;
  const { home } = service;
  for (const id of ['open', 'stray']) {
    await mkdir(home.path('uploads', id), { recursive: true });
    await writeFile(home.path('uploads', id, 'a.csv'), 'x');
  }
  now = Math.floor(Date.now() / 1000) + DAY - 60;
  await runRetention(service);
  expect(existsSync(home.path('uploads', 'stray'))).toBe(true);
  now += 120;
  await runRetention(service);
  expect(existsSync(home.path('uploads', 'stray'))).toBe(false);
  expect(existsSync(home.path('uploads', 'open', 'a.csv'))).toBe(true);
});
