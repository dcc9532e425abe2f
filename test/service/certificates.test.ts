import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PresentationJson } from '../../src/request/presentation.ts';
import { createRequest, type PresentationRequest } from '../../src/request/presentation-request.ts';
import { runRetention } from '../../src/service/retention/run-retention.ts';
import { coverageStatement } from '../support/request.ts';
import { openTestService, type TestService } from './service.ts';
import { pensionParams, pensionRequest, present } from './verdicts/sample-presentations.ts';

const DAY = 86_400;
const start = Math.floor(Date.now() / 1000);
let now = start;
let canbao: TestService;
let request: PresentationRequest;
let presentation: PresentationJson;
beforeAll(async () => {
  canbao = await openTestService({ clock: () => now });
  request = pensionRequest(canbao);
  presentation = await present(canbao, 'steady-employee', request);
});
afterAll(() => canbao[Symbol.asyncDispose]());

const keep = (body: unknown) =>
  canbao.app.inject({ method: 'POST', url: '/v1/certificates', payload: body as object });
const find = (code: string) =>
  canbao.app.inject({ url: `/v1/certificates/${encodeURIComponent(code)}` });
const rows = () => canbao.service.db.selectFrom('certificate').selectAll().execute();

test('kept under a code, read by it until its request expires, and then deleted', async () => {
  const kept = await keep({ presentation });
  expect(kept.statusCode).toBe(201);
  expect(kept.headers['cache-control']).toBe('no-store');
  const { code, expiresAt } = kept.json();
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(expiresAt).toBe(request.expiresAt);

  const found = await find(code.toLowerCase().replaceAll('-', ' '));
  expect(found.statusCode).toBe(200);
  expect(found.headers['cache-control']).toBe('no-store');
  expect(found.json()).toEqual(presentation);

  now = expiresAt - 1;
  expect((await runRetention(canbao.service))?.certificate).toBeUndefined();
  expect((await find(code)).statusCode).toBe(200);
  now = expiresAt;
  expect((await find(code)).json()).toMatchObject({ code: 'certificate.unknown', status: 404 });
  expect(await runRetention(canbao.service)).toMatchObject({ certificate: 1 });
  expect(await rows()).toEqual([]);
  now = start;
});

test('90 days at most', async () => {
  const long = createRequest({
    ...{ domain: request.domain, audience: request.audience, purpose: request.purpose },
    ...{ statement: coverageStatement(), params: pensionParams() },
    expiresAt: start + 300 * DAY,
  });
  const kept = await keep({ presentation: await present(canbao, 'steady-employee', long) });
  expect(kept.json()).toMatchObject({ expiresAt: start + 90 * DAY });
});

test('neither code nor presentation is logged, or in the database to be read', async () => {
  const { code } = (await keep({ presentation })).json();
  await find(code);
  await find(code.slice(0, -1));
  const logged = canbao.logged.join('\n');
  expect(logged).toContain('/v1/certificates');
  const stored = (await rows()).map(({ code_hash, presentation: sealed }) => [
    Buffer.from(code_hash).toString('latin1'),
    Buffer.from(sealed).toString('latin1'),
  ]);
  expect(stored.length).toBeGreaterThan(0);
  for (const text of [logged, stored.flat().join('\n')]) {
    for (const secret of [code, code.replaceAll('-', ''), code.slice(0, -1)]) {
      expect(text).not.toContain(secret);
    }
    expect(text).not.toContain(presentation.nullifier);
    expect(text).not.toContain(presentation.request.nonce);
  }
});

test.each<[string, () => unknown, number, string]>([
  ['a false one', () => ({ ...presentation, nullifier: '1' }), 422, 'certificate.refused'],
  [
    'one under a root nobody published',
    () => ({ ...presentation, epochRoot: '2' }),
    422,
    'certificate.refused',
  ],
  ['what is none', () => ({ format: 'canbao/presentation@1' }), 400, 'presentation.malformed'],
])('%s gets no code', async (_, make, status, code) => {
  const before = (await rows()).length;
  const answer = await keep({ presentation: make() });
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ code });
  expect(await rows()).toHaveLength(before);
});

test('a mistyped code is told from an unknown one', async () => {
  expect((await find('0000-0000-0001')).json()).toMatchObject({ code: 'certificate.bad_code' });
  expect((await find('0000-0000-0000')).json()).toMatchObject({ code: 'certificate.unknown' });
});

test('both routes are described', async () => {
  const { paths } = (await canbao.app.inject({ url: '/openapi.json' })).json();
  expect(paths['/v1/certificates'].post.responses).toHaveProperty('201');
  expect(paths['/v1/certificates/{code}'].get.responses).toHaveProperty('200');
});
