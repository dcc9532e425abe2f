import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditLedger } from '../../../src/jobs/audit/audit-ledger.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { rebuildEpochRoot } from '../../../src/ledger/build/rebuild-epoch-root.ts';
import { listEpochs } from '../../../src/ledger/store/epochs.ts';
import { openStore, type StoreOptions } from '../../../src/ledger/store/open-store.ts';
import { openHome } from '../../../src/runtime/home.ts';
import { SEAL_BYTES, seal } from '../../../src/service/backup/format.ts';
import { restoreBackup } from '../../../src/service/backup/restore-backup.ts';
import { type BackupReport, writeBackup } from '../../../src/service/backup/write-backup.ts';
import { logAction } from '../../../src/service/operator-log/operator-log.ts';
import { openTestService, serviceEngine, type TestService } from '../service.ts';

let canbao: TestService;
let folder: string;
let plain: string;
let written: BackupReport;
const schemas: string[] = [];
beforeAll(async () => {
  canbao = await openTestService();
  folder = await mkdtemp(join(tmpdir(), 'canbao-backup-'));
  plain = join(folder, 'plain.gz');
  const { service } = canbao;
  // What ends a line elsewhere, and what JSON and SQL quote.
  const facts = { odd: 'a\u2028b\r\n"\\\'{}\u0001中' };
  const action = { operator: 'x', role: 'admin', action: 'a', facts, outcome: 'ok' };
  for (let i = 0; i < 3; i++) await logAction(service, action);
  written = await backup(plain, false);
});
afterAll(async () => {
  for (const schema of schemas) {
    const store = await openStore({ databaseUrl: process.env.DATABASE_URL, schema });
    await sql`drop schema ${sql.id(schema)} cascade`.execute(store.db);
    await store.close();
  }
  await canbao[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

function backup(path: string, withSecrets: boolean): Promise<BackupReport> {
  const { bureau, home, clock } = canbao.service;
  return writeBackup(path, { store: bureau.store, home, clock, withSecrets });
}

/** Somewhere empty: on the other engine, where there are two. */
function emptyPlace(engine?: 'pglite' | 'postgres') {
  const name = randomBytes(6).toString('hex');
  const home = openHome(join(folder, name));
  const databaseUrl = process.env.DATABASE_URL;
  const other = serviceEngine === 'pglite' ? 'postgres' : 'pglite';
  if (!databaseUrl || (engine ?? other) === 'pglite') {
    return { home, store: { folder: home.path('ledger') } satisfies StoreOptions };
  }
  const schema = `test_${name}`;
  schemas.push(schema);
  return { home, store: { databaseUrl, schema } satisfies StoreOptions };
}

const places = process.env.DATABASE_URL ? (['pglite', 'postgres'] as const) : ['pglite' as const];

test.each(places)(
  'restored to %s, its roots and rows are the same and it audits clean',
  async (engine) => {
    const place = emptyPlace(engine);
    const report = await restoreBackup(plain, place);
    expect(report).toEqual({ ...written, hasSecrets: false });
    expect(report.tables).toMatchObject({ operator_log: 3, epoch: 1 });
    expect(report.tables.record).toBeGreaterThan(1000);
    const restored = await openStore(place.store);
    try {
      const hash = await wasmPoseidon();
      const before = await listEpochs(canbao.service.bureau.store);
      expect(await listEpochs(restored)).toEqual(before);
      for (const { month, revision, root } of before) {
        expect(await rebuildEpochRoot(restored, { month, revision, hash })).toBe(root);
      }
      expect((await auditLedger({ store: restored, hash })).findings).toEqual([]);
      for (const table of ['record', 'tile', 'enrolment', 'epoch_signature', 'operator_log']) {
        expect(await digest(restored, table)).toBe(
          await digest(canbao.service.bureau.store, table),
        );
      }
      // Numbers go on behind those that are there.
      const { rows } = await sql<{ id: number }>`insert into operator_log
      (at, operator, role, action, facts, outcome) values (now(), '', '', '', '{}', '')
      returning id`.execute(restored.db);
      expect(rows[0]?.id).toBe(4);
    } finally {
      await restored.close();
    }
    await expect(restoreBackup(plain, place)).rejects.toMatchObject({ code: 'backup.not_empty' });
  },
);

async function digest(
  { db }: { db: Parameters<typeof auditLedger>[0]['store']['db'] },
  name: string,
) {
  const { rows } = await sql<{ digest: string }>`
    select md5(string_agg(t::text, '|' order by t::text)) as digest from ${sql.table(name)} t`.execute(
    db,
  );
  return rows[0]?.digest;
}

test('its file is gzip, for its owner alone, with no session and no secret in it', async () => {
  expect((await stat(plain)).mode & 0o777).toBe(0o600);
  const text = gunzipSync(await readFile(plain)).toString();
  const [header = '{}', ...lines] = text.trimEnd().split('\n');
  expect(JSON.parse(header)).toMatchObject({
    format: 'canbao/backup@1',
    files: { 'deployment.json': expect.any(String), 'chain/state.json': expect.any(String) },
  });
  expect(JSON.parse(header)).not.toHaveProperty('secrets');
  expect(JSON.parse(lines.at(-1) ?? '')).toEqual({
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  for (const table of ['holder_session', 'holder_challenge', 'proof_job']) {
    expect(text).not.toContain(`"table":"${table}"`);
  }
  expect(text).not.toContain(Buffer.from(canbao.service.bureau.pepper).toString('hex'));
});

test('with secrets, the installation is whole again', async () => {
  const path = join(folder, 'secrets.gz');
  await backup(path, true);
  const place = emptyPlace();
  expect((await restoreBackup(path, place)).hasSecrets).toBe(true);
  const pepper = await place.home.secret('person-numbers', 32);
  expect(Buffer.from(pepper).equals(canbao.service.bureau.pepper)).toBe(true);
  expect((await stat(place.home.path('secrets', 'person-numbers'))).mode & 0o777).toBe(0o600);
  expect(await readFile(place.home.path('deployment.json'))).toEqual(
    await readFile(canbao.service.home.path('deployment.json')),
  );
});

test('another installation is left alone', async () => {
  const place = emptyPlace('pglite');
  await place.home.secret('person-numbers', 32);
  await writeFile(place.home.path('deployment.json'), '{}');
  await expect(restoreBackup(plain, place)).rejects.toMatchObject({
    ...{ code: 'backup.not_empty', facts: { what: 'deployment.json' } },
  });
});

test('a bit that is another anywhere, and a file cut short, are refused', async () => {
  const good = await readFile(plain);
  const path = join(folder, 'bad.gz');
  const place = emptyPlace('pglite');
  const edges = [...Array(12).keys(), ...Array.from({ length: 12 }, (_, i) => good.length - 1 - i)];
  const within = Array.from({ length: 40 }, (_, i) => Math.floor((good.length * (i + 1)) / 41));
  const around = [good.length - SEAL_BYTES - 1, good.length - SEAL_BYTES];
  for (const at of [...edges, ...within, ...around]) {
    const bad = Buffer.from(good);
    bad[at] = (bad[at] ?? 0) ^ (1 << (at % 8));
    await writeFile(path, bad);
    await expect(restoreBackup(path, place)).rejects.toMatchObject({
      code: expect.stringMatching(/^backup\.(altered|not_backup)$/),
    });
  }
  for (const length of [0, 1, SEAL_BYTES, good.length >> 1, good.length - 1]) {
    await writeFile(path, good.subarray(0, length));
    await expect(restoreBackup(path, place)).rejects.toMatchObject({
      code: expect.stringMatching(/^backup\./),
    });
  }
});

/** The backup with its lines changed, sealed anew: what the seal alone does not find. */
async function changed(change: (lines: string[]) => string[]): Promise<string> {
  const { createHash } = await import('node:crypto');
  const text = gunzipSync(await readFile(plain)).toString();
  const lines = change(text.trimEnd().split('\n').slice(0, -1));
  const body = gzipSync(`${lines.join('\n')}\n`);
  const path = join(folder, 'changed.gz');
  await writeFile(path, Buffer.concat([body, seal(createHash('sha256').update(body).digest())]));
  return path;
}

const header = (change: (value: { migrations: Record<string, string[]> }) => unknown) =>
  changed(([first = '', ...rest]) => [JSON.stringify(change(JSON.parse(first))), ...rest]);

test('other releases, missing rows and what is no backup are named', async () => {
  const place = emptyPlace('pglite');
  const cases: [string, () => Promise<string>][] = [
    [
      'backup.newer',
      () =>
        header((h) => ({
          ...h,
          migrations: { ...h.migrations, ledger: [...(h.migrations.ledger ?? []), '9999'] },
        })),
    ],
    ['backup.older', () => header((h) => ({ ...h, migrations: { ...h.migrations, ledger: [] } }))],
    ['backup.not_backup', () => header((h) => ({ ...h, format: 'canbao/backup@2' }))],
    ['backup.not_backup', () => changed((lines) => lines.filter((_, i) => i !== 12))],
    ['backup.not_backup', () => changed((lines) => lines.slice(0, -1))],
    ['cli.no_file', async () => join(folder, 'nothing')],
  ];
  for (const [code, path] of cases) {
    await expect(restoreBackup(await path(), place)).rejects.toMatchObject({ code });
  }
  // None of them left anything.
  expect((await restoreBackup(plain, place)).rows).toBe(written.rows);
});
