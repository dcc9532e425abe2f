import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../../src/core/clock.ts';
import { frToBytes } from '../../../src/core/field.ts';
import { createEnrolment } from '../../../src/holder/enrolment.ts';
import { deriveHolderKeys } from '../../../src/holder/keys.ts';
import { createLogin } from '../../../src/holder/login.ts';
import { enrolByBureau } from '../../../src/service/bureau/enrol.ts';
import { sampleSeed } from '../../../src/service/sample-ledger.ts';
import { ORIGIN, openTestService, type TestService } from '../service.ts';
import { challenge, logIn, present, tryLogin } from './holder-client.ts';

let canbao: TestService;
let skew = 0;
beforeAll(async () => {
  canbao = await openTestService({ clock: () => systemClock() + skew });
});
afterAll(() => canbao[Symbol.asyncDispose]());
beforeEach(() => {
  skew = 0;
});

const mine = () => canbao.holder('pension-ready');
const thief = deriveHolderKeys(new Uint8Array(32).fill(5));
const bundle = (headers: object) =>
  canbao.app.inject({ url: '/v1/bundle', headers: { ...headers } });

test('the enrolled key logs in, out, and nothing of it is kept in the clear', async () => {
  const answer = await tryLogin(canbao.app, mine().keys);
  expect(answer.statusCode).toBe(201);
  expect(answer.headers['cache-control']).toBe('no-store');
  const { token, expiresAt } = answer.json();
  expect(expiresAt).toBeGreaterThan(systemClock());
  const sessions = await canbao.service.db.selectFrom('holder_session').selectAll().execute();
  expect(JSON.stringify(sessions)).not.toContain(token);
  const headers = { authorization: `Bearer ${token}` };
  expect((await bundle(headers)).statusCode).toBe(200);
  const out = await canbao.app.inject({ method: 'DELETE', url: '/v1/holder/session', headers });
  expect(out.statusCode).toBe(204);
  expect((await bundle(headers)).json()).toMatchObject({ code: 'holder.no_session' });
});

test('a second device with the seed logs in as the same holder', async () => {
  const recovered = deriveHolderKeys(sampleSeed('pension-ready'));
  const own = await bundle(await logIn(canbao.app, mine().keys));
  const other = await bundle(await logIn(canbao.app, recovered));
  expect(other.statusCode).toBe(200);
  expect(other.body).toBe(own.body);
});

test('a challenge is good once, even where trying failed', async () => {
  const nonce = await challenge(canbao.app);
  const login = createLogin(mine().keys, { nonce, origin: ORIGIN });
  const wrong = { ...login, signature: createLogin(thief, { nonce, origin: ORIGIN }).signature };
  expect((await present(canbao.app, wrong)).json().code).toBe('holder.login_refused');
  expect((await present(canbao.app, login)).json().code).toBe('holder.challenge_gone');
});

test('of many who use one challenge at the same time one gets in', async () => {
  const nonce = await challenge(canbao.app);
  const login = createLogin(mine().keys, { nonce, origin: ORIGIN });
  const answers = await Promise.all(Array.from({ length: 20 }, () => present(canbao.app, login)));
  expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
});

test('a challenge expires, and so does a session', async () => {
  const nonce = await challenge(canbao.app);
  const headers = await logIn(canbao.app, mine().keys);
  skew = 120;
  const late = createLogin(mine().keys, { nonce, origin: ORIGIN });
  expect((await present(canbao.app, late)).json().code).toBe('holder.challenge_gone');
  expect((await bundle(headers)).statusCode).toBe(200);
  skew = 900;
  expect((await bundle(headers)).json().code).toBe('holder.no_session');
});

test('what was signed for another site logs nobody in here', async () => {
  const relayed = await tryLogin(canbao.app, mine().keys, 'https://canbao.evil');
  expect(relayed.json().code).toBe('holder.login_refused');
});

test('whoever claims the commitment of another with a key of their own is refused', async () => {
  const { commitment } = mine().keys;
  const claim = { ...thief, commitment };
  expect((await tryLogin(canbao.app, claim)).json().code).toBe('holder.login_refused');
  // Nor does an enrolment file help, which anybody can sign with any key.
  const { idNumber } = mine();
  const other = canbao.holder('pension-short').idNumber;
  const enrolment = createEnrolment(claim);
  await expect(enrolByBureau(canbao.service, { idNumber }, enrolment)).rejects.toThrow(
    expect.objectContaining({ code: 'holder.other_key' }),
  );
  await expect(enrolByBureau(canbao.service, { idNumber: other }, enrolment)).rejects.toThrow(
    expect.objectContaining({ code: 'ledger.commitment_taken' }),
  );
  expect((await tryLogin(canbao.app, claim)).json().code).toBe('holder.login_refused');
  expect((await tryLogin(canbao.app, mine().keys)).statusCode).toBe(201);
});

test('whether a commitment is enrolled is not told', async () => {
  const unknown = (await tryLogin(canbao.app, thief)).json();
  const claimed = await tryLogin(canbao.app, { ...thief, commitment: mine().keys.commitment });
  expect(claimed.json()).toEqual(unknown);
});

test('a key enrolled before public keys were kept gets its own by enrolling again', async () => {
  const { db } = canbao.service;
  const { idNumber, keys } = canbao.holder('steady-employee');
  const bytes = frToBytes(keys.commitment);
  await db.deleteFrom('holder_key').where('commitment', '=', bytes).execute();
  expect((await tryLogin(canbao.app, keys)).json().code).toBe('holder.login_refused');
  const enrolment = createEnrolment(keys);
  await enrolByBureau(canbao.service, { idNumber }, enrolment);
  expect((await tryLogin(canbao.app, keys)).statusCode).toBe(201);
});

test.each<[string, object]>([
  ['nothing', {}],
  ['a nonce that is none', { nonce: 'x' }],
  ['a number that is not canonical', { commitment: '01' }],
  ['a field too many', { scalar: '1' }],
])('a login with %s is a bad request', async (_, change) => {
  const nonce = 'ab'.repeat(32);
  const login = createLogin(mine().keys, { nonce, origin: ORIGIN });
  const payload = Object.keys(change).length ? { ...login, ...change } : {};
  const answer = await present(canbao.app, payload);
  expect(answer.statusCode).toBe(400);
});
