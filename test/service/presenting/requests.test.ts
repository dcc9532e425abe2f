import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeVerifier } from '../../../src/service/verifiers/verifiers.ts';
import { openTestService, type TestService } from '../service.ts';
import { BANK, type Client, clientOf, ORIGIN, pensionAsk } from './client.ts';

let canbao: TestService;
let client: Client;
let now = 1_795_000_000; // in November 2026
beforeAll(async () => {
  canbao = await openTestService({ clock: () => now });
  client = clientOf(canbao);
});
afterAll(() => canbao[Symbol.asyncDispose]());

const purpose = 'Loan 7';
const asks = [pensionAsk()];
const two = [pensionAsk(), pensionAsk(7n)];

describe('asking', () => {
  test('by a preset, in the service’s own name', async () => {
    const answer = await client.ask({
      ...{ preset: 'car-plate', input: { region: '350200' }, purpose },
    });
    expect(answer.statusCode).toBe(201);
    const opened = answer.json();
    expect(opened).toMatchObject({
      id: expect.stringMatching(/^[\w-]{22}$/),
      token: expect.stringMatching(/^[\w-]{43}$/),
      requestUri: `${ORIGIN}/v1/requests/${opened.id}`,
      page: `${ORIGIN}/r/${opened.id}`,
      expiresAt: now + 7 * 86_400,
      request: {
        format: 'canbao/request@1',
        domain: canbao.service.chain.domain,
        statement: 'coverage@1',
        params: { region: '350200', to: '1521' },
        ...{ audience: ORIGIN, purpose, expiresAt: now + 7 * 86_400 },
      },
    });
    expect(opened).not.toHaveProperty('webhookSecret');
    expect(answer.headers['cache-control']).toBe('no-store');
    const link = new URL(opened.link);
    expect(link.protocol).toBe('openid4vp:');
    expect(link.searchParams.get('request_uri')).toBe(opened.requestUri);
    expect(link.searchParams.get('client_id')).toBe(`redirect_uri:${opened.requestUri}/response`);
  });

  test('by several presets, each with what it needs of the input', async () => {
    const { request } = await client.opened({
      asks: undefined,
      ...{ preset: ['insured-now', 'car-plate'], input: { region: '350200' }, mode: 'any' },
    });
    expect(request).toMatchObject({ format: 'canbao/request-set@1', mode: 'any' });
    expect(request.requests.map((one: { params: object }) => one.params)).toMatchObject([
      { minMonths: '1' },
      { region: '350200' },
    ]);
  });

  test('by a preset that is a set', async () => {
    const { request } = await client.opened({
      ...{ asks: undefined, preset: 'flexible-worker', input: { averageWageFen: 500_000 } },
    });
    expect(request).toMatchObject({ mode: 'all', requests: [{}, {}, {}] });
  });

  test('by statements, all of them unless it is said otherwise', async () => {
    expect((await client.opened({ asks: two })).request).toMatchObject({ mode: 'all' });
    expect((await client.opened({ asks: two, mode: 'any' })).request).toMatchObject({
      mode: 'any',
    });
  });

  test.each<[string, object, number, string]>([
    ['nothing', {}, 400, 'request.bad_question'],
    ['preset and asks', { preset: 'insured-now', asks }, 400, 'request.bad_question'],
    ['input without a preset', { asks, input: {} }, 400, 'request.bad_question'],
    ['a mode of one', { asks, mode: 'any' }, 400, 'request.bad_question'],
    ['a mode of one preset', { preset: 'insured-now', mode: 'all' }, 400, 'request.bad_question'],
    ['a preset nobody knows', { preset: 'never' }, 404, 'statement.unknown_preset'],
    ['a missing input', { preset: 'car-plate' }, 400, 'statement.preset_needs'],
    [
      'a set among others',
      { preset: ['flexible-worker', 'insured-now'] },
      400,
      'statement.preset_alone',
    ],
    [
      'a statement nobody knows',
      { asks: [{ statement: 'wealth@1', params: {} }] },
      404,
      'statement.unknown',
    ],
    [
      'missing params',
      { asks: [{ statement: 'coverage@1', params: {} }] },
      400,
      'statement.bad_params',
    ],
    ['the same twice', { asks: [...asks, ...asks] }, 400, 'request_set.repeated'],
    [
      'nine',
      { asks: Array.from({ length: 9 }, (_, i) => pensionAsk(BigInt(i + 1))) },
      400,
      'http.bad_request',
    ],
    ['a purpose with a colon', { asks, purpose: 'a:b' }, 400, 'request.bad_purpose'],
    ['half a minute', { asks, expiresIn: 30 }, 400, 'http.bad_request'],
    ['more than a year', { asks, expiresIn: 367 * 86_400 }, 400, 'http.bad_request'],
    ['an unknown field', { asks, salary: 1 }, 400, 'http.bad_request'],
    ['another’s name', { asks, audience: BANK }, 403, 'request.foreign_audience'],
    [
      'a redirect elsewhere',
      { asks, redirectUri: 'https://evil.test/' },
      400,
      'request.bad_redirect',
    ],
    [
      'an employer that is none',
      { asks: [{ ...pensionAsk(), params: { ...pensionAsk().params, employer: 5 } }] },
      400,
      'ledger.bad_credit_code',
    ],
    [
      'a redirect and a webhook',
      { asks, redirectUri: `${ORIGIN}/done`, webhook: { url: 'https://bank.test/' } },
      400,
      'request.bad_question',
    ],
    [
      'a redirect to a script',
      { asks, redirectUri: 'javascript:alert(1)' },
      400,
      'request.bad_redirect',
    ],
    [
      'a redirect by name only',
      { asks, redirectUri: `${ORIGIN}.evil.test/` },
      400,
      'request.bad_redirect',
    ],
    [
      'a redirect with a user',
      { asks, redirectUri: 'https://canbao.test@evil.test/' },
      400,
      'request.bad_redirect',
    ],
    [
      'a redirect with a fragment',
      { asks, redirectUri: `${ORIGIN}/#x` },
      400,
      'request.bad_redirect',
    ],
  ])('%s is refused', async (_, body, status, code) => {
    const answer = await client.ask({ purpose, ...body });
    expect({ status: answer.statusCode, code: answer.json().code }).toEqual({ status, code });
  });
});

describe('a verifier with an API key', () => {
  test('asks in its own name', async () => {
    const { key } = await client.verifier();
    const own = await client.opened({ audience: BANK, redirectUri: `${BANK}/done` }, key);
    expect(own.request.audience).toBe(BANK);
    expect((await client.opened({}, key)).request.audience).toBe(BANK);
  });

  test('asks in no other', async () => {
    const { key } = await client.verifier();
    for (const audience of [ORIGIN, 'https://other.test', `${BANK}:8443`]) {
      const answer = await client.ask({ asks, purpose, audience }, key);
      expect(answer.json()).toMatchObject({ status: 403, code: 'request.foreign_audience' });
    }
    const redirected = await client.ask({ asks, purpose, redirectUri: `${ORIGIN}/done` }, key);
    expect(redirected.json()).toMatchObject({ code: 'request.bad_redirect' });
  });

  test('is nobody once its key is revoked, or is none', async () => {
    const { verifier, key } = await client.verifier();
    await client.opened({}, key);
    await revokeVerifier(canbao.service.db, verifier.id, new Date());
    for (const bad of [key, `${key}x`, 'cbv_', 'x']) {
      const answer = await client.ask({ asks, purpose }, bad);
      expect(answer.json()).toMatchObject({ status: 401, code: 'verifier.unknown_key' });
    }
    const basic = await canbao.app.inject({
      ...{ method: 'POST', url: '/v1/requests', payload: { asks, purpose } },
      headers: { authorization: 'Basic YTpi' },
    });
    expect(basic.json()).toMatchObject({ status: 401, code: 'verifier.unknown_key' });
  });

  test('is kept without its key', async () => {
    const { key } = await client.verifier();
    const rows = await canbao.service.db.selectFrom('verifier').selectAll().execute();
    const kept = JSON.stringify(rows, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString() : value,
    );
    expect(kept).not.toContain(key.slice(4));
  });
});

describe('a wallet fetches', () => {
  test('one thing, shaped as OpenID4VP', async () => {
    const { id, request, token } = await client.opened({ redirectUri: `${ORIGIN}/done` });
    const answer = await client.fetch(id);
    expect(answer.json()).toEqual({
      response_type: 'vp_token',
      response_mode: 'direct_post',
      client_id: `redirect_uri:${ORIGIN}/v1/requests/${id}/response`,
      response_uri: `${ORIGIN}/v1/requests/${id}/response`,
      nonce: request.nonce,
      state: id,
      dcql_query: {
        credentials: [
          {
            id: 'request_1',
            format: 'canbao/presentation@1',
            meta: { statement: 'coverage@1' },
          },
        ],
      },
      canbao_request: request,
    });
    expect(answer.body).not.toContain(token);
  });

  test('one of several, as sets of credentials', async () => {
    const { id } = await client.opened({ asks: two, mode: 'any' });
    expect((await client.fetch(id)).json().dcql_query).toMatchObject({
      credentials: [{ id: 'request_1' }, { id: 'request_2' }],
      credential_sets: [{ options: [['request_1'], ['request_2']], required: true }],
    });
    const all = await client.opened({ asks: two });
    expect((await client.fetch(all.id)).json().dcql_query).not.toHaveProperty('credential_sets');
  });

  test('nothing of what is not there', async () => {
    expect((await client.fetch('A'.repeat(22))).json()).toMatchObject({
      ...{ status: 404, code: 'request.unknown' },
    });
    expect((await client.fetch('x')).json()).toMatchObject({ code: 'http.bad_request' });
  });
});

describe('the asker', () => {
  test('reads how it stands with its token alone', async () => {
    const { id, token, expiresAt } = await client.opened();
    expect((await client.verdict(id, token)).json()).toEqual({ state: 'open', expiresAt });
    const other = await client.opened();
    for (const wrong of [other.token, '', 'x', id]) {
      const answer = await client.verdict(id, wrong);
      expect(answer.json(), wrong).toMatchObject({ status: 401, code: 'request.wrong_token' });
    }
    const bare = await canbao.app.inject({ url: `/v1/requests/${id}/verdict` });
    expect(bare.json()).toMatchObject({ status: 401, code: 'request.wrong_token' });
  });

  test('takes it back, and nobody else does', async () => {
    const { id, token } = await client.opened();
    expect((await client.cancel(id, 'x')).json()).toMatchObject({ code: 'request.wrong_token' });
    expect((await client.verdict(id, token)).json()).toMatchObject({ state: 'open' });
    for (let i = 0; i < 2; i++) {
      expect((await client.cancel(id, token)).json()).toMatchObject({ state: 'cancelled' });
    }
    expect((await client.fetch(id)).json()).toMatchObject({
      ...{ status: 410, code: 'request.cancelled' },
    });
    expect((await client.answer(id, {})).json()).toMatchObject({ code: 'request.cancelled' });
  });

  test('finds it expired, and so does a wallet', async () => {
    const { id, token } = await client.opened({ expiresIn: 60 });
    now += 60;
    expect((await client.verdict(id, token)).json()).toMatchObject({ state: 'expired' });
    for (const answer of [
      await client.fetch(id),
      await client.answer(id, {}),
      await client.cancel(id, token),
    ]) {
      expect(answer.json()).toMatchObject({ status: 410, code: 'request.expired' });
    }
  });
});

test('errors are told in the asker’s language', async () => {
  const answer = await canbao.app.inject({
    ...{ url: `/v1/requests/${'A'.repeat(22)}`, headers: { 'accept-language': 'zh-CN' } },
  });
  expect(answer.json()).toMatchObject({ title: '没有这一请求' });
});
