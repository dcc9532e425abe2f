import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '../../src/api/config.ts';
import { openTestService, type TestService } from './service.ts';

let canbao: TestService;
beforeAll(async () => {
  canbao = await openTestService();
});
afterAll(() => canbao[Symbol.asyncDispose]());

const get = (url: string) => canbao.app.inject({ url });

test('it lives and is ready', async () => {
  expect((await get('/healthz')).json()).toEqual({ ok: true });
  expect((await get('/readyz')).json()).toEqual({ ok: true });
});

test('its description is OpenAPI 3.1, with a page', async () => {
  expect((await get('/openapi.json')).json()).toMatchObject({
    openapi: '3.1.0',
    paths: { '/healthz': {} },
  });
  expect((await get('/docs/')).statusCode).toBe(200);
});

test('metrics tell of routes and jobs, and of nobody', async () => {
  await get('/readyz');
  const { body } = await get('/metrics');
  expect(body).toContain('canbao_http_request_seconds_count{method="GET",route="/readyz"');
  expect(body).toContain('canbao_proof_jobs{state="queued"} 0');
  expect(body).toMatch(/^canbao_latest_epoch_month 1521$/m);
});

test('a log line has no query: event streams carry their token in one', async () => {
  await get('/v1/nothing?access_token=canary-of-the-log');
  const lines = canbao.logged.join('');
  expect(lines).toContain('"path":"/v1/nothing"');
  expect(lines).not.toContain('canary-of-the-log');
});

test('what is not there is told as a problem', async () => {
  const answer = await get('/v1/nothing');
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.json()).toMatchObject({ code: 'http.not_found' });
});

test.each([
  ['CANBAO_ORIGIN', 'https://canbao.test/path'],
  ['CANBAO_ORIGIN', 'canbao'],
  ['CANBAO_REQUESTS_A_MINUTE', 'many'],
  ['CANBAO_BODY_BYTES', '-1'],
  ['CANBAO_TRUST_PROXY', 'yes'],
])('a wrong %s is named when it starts', (name, value) => {
  expect(() => readConfig({ [name]: value })).toThrow(
    expect.objectContaining({
      code: 'service.bad_setting',
      facts: expect.objectContaining({ name }),
    }),
  );
});
