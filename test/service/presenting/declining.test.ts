import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseAnyRequest } from '../../../src/request/any-request.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { openTestService, type TestService } from '../service.ts';
import { present } from '../verdicts/sample-presentations.ts';
import { type Client, clientOf } from './client.ts';

let canbao: TestService;
let client: Client;
let now = 1_795_000_000;
beforeAll(async () => {
  canbao = await openTestService({ clock: () => now });
  client = clientOf(canbao);
});
afterAll(() => canbao[Symbol.asyncDispose]());

const DECLINED = { error: 'access_denied' };
const standing = async (id: string, token: string) => (await client.verdict(id, token)).json();

test('a declined request says so; of what was said only the first time is kept', async () => {
  const { id, token, expiresAt } = await client.opened();
  const before = now;
  const words = 'not to those people 8f2c1d';
  const form = { ...DECLINED, error_description: words, state: id };
  const answer = await client.post(id, form);
  expect([answer.statusCode, answer.json()]).toEqual([200, { state: 'declined' }]);
  now += 60;
  expect((await client.decline(id, form)).json()).toEqual({ state: 'declined' });
  expect(await standing(id, token)).toEqual({ state: 'declined', expiresAt, declinedAt: before });

  const rows = await canbao.service.db
    .selectFrom('presentation_request')
    .selectAll()
    .where('id', '=', id)
    .execute();
  expect(rows).toHaveLength(1);
  const logged = canbao.logged.join('');
  expect(logged).toContain(`/v1/requests/${id}/response`);
  for (const kept of [JSON.stringify(rows), logged]) expect(kept).not.toContain('8f2c1d');
});

test('whoever has the link can decline: the holder answers all the same, and that stays', async () => {
  const { id, token, request } = await client.opened();
  await client.decline(id);
  expect((await client.fetch(id)).json()).toMatchObject({ state: id, canbao_request: request });
  const asked = parseAnyRequest(request, statementRegistry);
  const presentation = await present(canbao, 'steady-employee', asked);
  now += 60;
  expect((await client.answer(id, presentation)).json()).toMatchObject({ verified: true });
  const answered = { state: 'answered', answeredAt: now, verdict: { verified: true } };
  expect(await standing(id, token)).toMatchObject(answered);
  expect((await client.decline(id)).json()).toMatchObject({ code: 'request.answered' });
  expect(await standing(id, token)).toMatchObject(answered);
  expect(await standing(id, token)).not.toHaveProperty('declinedAt');
}, 60_000);

test('a request that is over cannot be declined; a declined one ends like any other', async () => {
  const [one, two] = [await client.opened(), await client.opened({ expiresIn: 60 })];
  for (const { id } of [one, two]) await client.decline(id);
  const declinedAt = now;
  expect((await client.cancel(one.id, one.token)).json()).toMatchObject({
    ...{ state: 'cancelled', declinedAt },
  });
  now += 60;
  expect(await standing(two.id, two.token)).toMatchObject({ state: 'expired', declinedAt });
  expect((await client.decline(one.id)).json()).toMatchObject({
    ...{ status: 410, code: 'request.cancelled' },
  });
  expect((await client.decline(two.id)).json()).toMatchObject({
    ...{ status: 410, code: 'request.expired' },
  });
});

test.each<[string, object, string]>([
  ['another error', { error: 'invalid_request' }, 'http.bad_request'],
  ['a proof beside it', { ...DECLINED, vp_token: '{}' }, 'http.bad_request'],
  ['another state', { ...DECLINED, state: 'x' }, 'request.wrong_state'],
])('that is not declining: %s', async (_, body, code) => {
  const { id, token } = await client.opened();
  expect((await client.decline(id, body)).json()).toMatchObject({ status: 400, code });
  expect(await standing(id, token)).toMatchObject({ state: 'open' });
});
