import { existsSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importFile } from '../../../src/ledger/import/import-file.ts';
import { listBatches } from '../../../src/ledger/store/batch.ts';
import { beginImport } from '../../../src/ledger/store/unfinished-import.ts';
import { startImportWorker } from '../../../src/service/bureau/import-worker.ts';
import { readLog } from '../../../src/service/operator-log/operator-log.ts';
import { ids, longHeader, longMapping, longRow, withFolder } from '../../ledger/stores.ts';
import { openTestService, type TestService } from '../service.ts';
import { as, ended } from './operators.ts';

const LIMIT = 2 * 1024 * 1024;

let canbao: TestService;
let url: string;
let headers: { authorization: string };
beforeAll(async () => {
  canbao = await openTestService({ empty: true, config: { uploadBytes: LIMIT } });
  await startImportWorker(canbao.service);
  url = await canbao.app.listen({ host: '127.0.0.1', port: 0 });
  headers = await as(canbao, 'importer');
});
afterAll(() => canbao[Symbol.asyncDispose]());

const mapping = JSON.stringify(longMapping());
const refusedRow = longRow({ id: '110105194912310021' });
const csv = (...rows: string[]) => [longHeader, ...rows].join('\n');

async function upload(parts: Record<string, string | Blob>, fileName = 'export.csv') {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) {
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, fileName);
  }
  return fetch(`${url}/v1/bureau/imports`, { method: 'POST', headers, body: form });
}

const get = async (path: string) =>
  (await canbao.app.inject({ url: `/v1/bureau/imports${path}`, headers })).json();
const leftFiles = () => {
  const folder = canbao.service.home.path('uploads');
  return existsSync(folder) ? readdirSync(folder) : [];
};

async function imported(parts: Record<string, string | Blob>, fileName?: string) {
  const answer = await upload(parts, fileName);
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  expect(answer.headers.get('location')).toBe(`/v1/bureau/imports/${id}`);
  return ended(() => get(`/${id}`));
}

test('a dry run tells what would happen and leaves nothing', async () => {
  const file = new Blob([csv(longRow(), refusedRow)]);
  const done = await imported({ mapping, dryRun: 'true', file });
  expect(done).toMatchObject({
    ...{ state: 'done', dryRun: true, report: { rows: 2, added: 1, refused: 1 }, error: null },
  });
  expect((await get(`/${done.id}/refusals`)).refusals).toHaveLength(1);
  expect(await listBatches(canbao.service.bureau.store)).toEqual([]);
  await expect.poll(leftFiles).toEqual([]);
});

test('an export is imported, its refusals read as pages and as CSV, its file gone', async () => {
  const bad = Array.from({ length: 5 }, (_, i) => longRow({ id: refusedRow.slice(0, 17) + i }));
  const file = new Blob([csv(longRow(), ...bad)]);
  // The file first: parts come in any order.
  const done = await imported({ file, mapping }, '../名单 110105194912310021.csv');
  expect(done).toMatchObject({ state: 'done', source: 'alpha', kind: 'contributions' });
  expect(done.report).toMatchObject({ rows: 6, added: 1, alreadyImported: false });
  expect(done.fileName).toBe(`名单 ${'_'.repeat(18)}.csv`);
  const { refused } = done.report;
  expect(refused).toBeGreaterThan(2);
  const first = await get(`/${done.id}/refusals?limit=2`);
  expect(first.refusals[0]).toMatchObject({ line: 3, field: 'id', code: 'ledger.bad_id_check' });
  const rest = await get(`/${done.id}/refusals?limit=500&after=${first.next}`);
  expect(2 + rest.refusals.length).toBe(refused);
  expect(rest.next).toBe(null);
  const sheet = await canbao.app.inject({
    url: `/v1/bureau/imports/${done.id}/refusals.csv`,
    headers: { ...headers, 'accept-language': 'zh-CN' },
  });
  expect(sheet.headers['content-type']).toContain('text/csv');
  expect(sheet.body).toContain('文件,来源,行');
  expect(sheet.body.trim().split('\r\n')).toHaveLength(1 + refused);
  expect(sheet.body).not.toContain('11010519491231');
  await expect.poll(leftFiles).toEqual([]);

  const again = await imported({ mapping, file: new Blob([csv(longRow(), ...bad)]) });
  expect(again.report).toMatchObject({ alreadyImported: true, rows: 6 });
  // The command line knows it too.
  const { store, pepper, present } = canbao.service.bureau;
  await withFolder(async (folder) => {
    const path = join(folder, 'export.csv');
    await writeFile(path, csv(longRow(), ...bad));
    const told = importFile(store, { file: path, mapping: longMapping(), pepper, present });
    expect(await told).toMatchObject({ alreadyImported: true });
  });
  expect((await get('')).imports.map(({ id }: { id: string }) => id)).toContain(done.id);
  const log = await readLog(canbao.service, { limit: 20 });
  const end = log.filter(({ action }) => action === 'import.end');
  expect(end.find(({ facts }) => facts.id === done.id)).toMatchObject({
    ...{ operator: 'test-importer', outcome: 'ok' },
    facts: { rows: 6, refused },
  });
});

test('a workbook of the demo, and a file that cannot be read', async () => {
  const persons = await readFile('demo/mappings/fuzhou-persons.json', 'utf8');
  const file = new Blob([await readFile('demo/fuzhou/persons.csv')]);
  const done = await imported({ mapping: persons, file });
  expect(done.report.added).toBeGreaterThan(0);
  const wrong = await imported({ mapping, file: new Blob(['a,b\n1,2\n']) });
  expect(wrong).toMatchObject({
    ...{ state: 'failed', report: null },
    error: { code: 'ledger.missing_column', title: expect.stringContaining('export.csv') },
  });
});

test('progress comes as events, the token in the address, which no log has', async () => {
  const token = headers.authorization.slice('Bearer '.length);
  const lines = Array.from({ length: 3000 }, (_, i) => longRow({ owed: `20${10 + (i % 9)}-01` }));
  const answer = await upload({ mapping, file: new Blob([csv(...lines)]) });
  const { id } = (await answer.json()) as { id: string };
  const events = await fetch(`${url}/v1/bureau/imports/${id}/events?access_token=${token}`);
  expect(events.headers.get('content-type')).toContain('text/event-stream');
  const text = await events.text();
  expect(text).toMatch(/event: end/);
  expect(JSON.parse(text.trim().split('data: ').at(-1) ?? '')).toMatchObject({ id, state: 'done' });
  expect(canbao.logged.join('')).not.toContain(token);
  const elsewhere = await fetch(`${url}/v1/bureau/imports?access_token=${token}`);
  expect(elsewhere.status).toBe(401);
});

const blob = () => new Blob([csv(longRow())]);
test.each<[string, () => Record<string, string | Blob>, number, string]>([
  ['no mapping', () => ({ file: blob() }), 400, 'upload.incomplete'],
  ['no file', () => ({ mapping }), 400, 'upload.incomplete'],
  ['a mapping that is none', () => ({ mapping: '{}', file: blob() }), 400, 'ledger.bad_mapping'],
  ['a mapping that is no JSON', () => ({ file: blob(), mapping: 'x' }), 400, 'ledger.bad_mapping'],
  ['an unknown part', () => ({ mapping, file: blob(), x: '1' }), 400, 'http.bad_request'],
  ['two files', () => ({ mapping, file: blob(), other: blob() }), 413, 'http.too_large'],
  ['a file under another name', () => ({ mapping, other: blob() }), 400, 'http.bad_request'],
  ['dryRun=perhaps', () => ({ mapping, file: blob(), dryRun: 'x' }), 400, 'http.bad_request'],
  [
    'a file too large',
    () => ({ mapping, file: new Blob(['x'.repeat(LIMIT + 1)]) }),
    ...([413, 'http.too_large'] as const),
  ],
  [
    'a mapping too large',
    () => ({ mapping: 'x'.repeat(300 * 1024), file: blob() }),
    ...([413, 'http.too_large'] as const),
  ],
])('refused, and no file stays: %s', async (_, parts, status, code) => {
  const answer = await upload(parts());
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([status, code]);
  await expect.poll(leftFiles).toEqual([]);
});

test('a body that is no form, or breaks off', async () => {
  const send = (contentType: string, payload: string) =>
    canbao.app.inject({
      ...{ method: 'POST', url: '/v1/bureau/imports', payload },
      headers: { ...headers, 'content-type': contentType },
    });
  expect((await send('application/json', '{}')).statusCode).toBe(400);
  const half = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\nid';
  const broken = await send('multipart/form-data; boundary=b', half);
  expect([broken.statusCode, broken.json().code]).toEqual([400, 'http.bad_request']);
  await expect.poll(leftFiles).toEqual([]);
});

test('an import that was cut short keeps others waiting until it is given up', async () => {
  const { bureau } = canbao.service;
  await bureau.store.db.transaction().execute((trx) =>
    beginImport(trx, {
      ...{ source: 'beta', kind: 'contributions', fileName: 'half.csv' },
      ...{ digest: new Uint8Array(32).fill(1), present: bureau.present },
    }),
  );
  const row = longRow({ id: ids[1] });
  const blocked = await imported({ mapping, file: new Blob([csv(row)]) });
  expect(blocked.error).toMatchObject({ code: 'ledger.import_unfinished' });
  const abandon = () =>
    canbao.app.inject({ method: 'POST', url: '/v1/bureau/imports/abandon', headers });
  expect((await abandon()).json()).toEqual({ fileName: 'half.csv', source: 'beta', rows: 0 });
  expect((await abandon()).json()).toMatchObject({ code: 'ledger.no_unfinished_import' });
  const free = await imported({ mapping, file: new Blob([csv(row)]) });
  expect(free.report).toMatchObject({ rows: 1, newPersons: 1 });
});
