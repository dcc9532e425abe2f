import { base64urlnopad } from '@scure/base';
import { exportSPKI, importJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHome } from '../../../src/runtime/home.ts';
import { developmentToken } from '../../../src/service/operators/development-issuer.ts';
import {
  type OperatorAuthOptions,
  operatorAuth,
} from '../../../src/service/operators/operator-auth.ts';
import { withFolder } from '../../ledger/stores.ts';
import {
  AUDIENCE,
  NOW,
  type OidcServer,
  type SigningKey,
  signingKey,
  signToken,
  startOidcServer,
  type TokenChanges,
} from './oidc-server.ts';

let key: SigningKey;
let other: SigningKey;
let server: OidcServer;
beforeAll(async () => {
  key = await signingKey('a');
  other = await signingKey('b');
  server = await startOidcServer(key);
});
afterAll(() => server[Symbol.asyncDispose]());

const auth = (changes: Partial<OperatorAuthOptions> = {}) =>
  operatorAuth({
    oidc: { issuer: server.issuer, audience: AUDIENCE },
    ...{ production: true, home: openHome('/nowhere'), clock: () => NOW, cooldownMs: 0 },
    ...changes,
  });

const refusal = (code: string, reason?: string) =>
  expect.objectContaining({ code, ...(reason && { facts: { reason } }) });

test('a token of the issuer tells who it is and what they may', async () => {
  const token = await signToken(server, key, { claims: { roles: ['clerk', 'cook', 'admin'] } });
  expect(await auth().authenticate(token)).toEqual({ subject: 'op-1', roles: ['clerk', 'admin'] });
  const named = await signToken(server, key, { claims: { canbao_roles: ['auditor'] } });
  expect((await auth().authenticate(named)).roles).toEqual(['auditor']);
  const none = await signToken(server, key, { claims: { roles: 'admin' } });
  expect((await auth().authenticate(none)).roles).toEqual([]);
});

test.each(['RS256', 'EdDSA'])('tokens signed with %s count', async (alg) => {
  const one = await signingKey(alg, alg);
  await using issuer = await startOidcServer(one);
  const oidc = { issuer: issuer.issuer, audience: AUDIENCE };
  const token = await signToken(issuer, one);
  expect((await auth({ oidc }).authenticate(token)).subject).toBe('op-1');
});

const wrong: Record<string, [TokenChanges, string]> = {
  'another issuer': [{ issuer: 'https://elsewhere.test' }, 'iss'],
  'another audience': [{ audience: 'bank' }, 'aud'],
  expired: [{ expires: NOW - 31 }, 'expired'],
  'not valid yet': [{ notBefore: NOW + 31 }, 'nbf'],
  'an unknown key': [{ kid: 'z' }, 'kid'],
  'no subject': [{ subject: undefined }, 'sub'],
  'a subject with a line break': [{ subject: 'a\nb' }, 'sub'],
};
test.each(Object.entries(wrong))('refused: %s', async (_, [changes, reason]) => {
  const token = await signToken(server, key, changes);
  await expect(auth().authenticate(token)).rejects.toEqual(refusal('operator.bad_token', reason));
});

test('clocks may differ by half a minute', async () => {
  const token = await signToken(server, key, { expires: NOW - 29 });
  expect((await auth().authenticate(token)).subject).toBe('op-1');
});

test('refused: another key under the name of a known one', async () => {
  const token = await signToken(server, { ...other, kid: 'a' });
  await expect(auth().authenticate(token)).rejects.toEqual(
    refusal('operator.bad_token', 'signature'),
  );
});

const part = (value: unknown) =>
  base64urlnopad.encode(new TextEncoder().encode(JSON.stringify(value)));
const claims = () => ({
  ...{ iss: server.issuer, aud: AUDIENCE, sub: 'op-1', exp: NOW + 600, roles: ['admin'] },
});

test.each(['none', 'None', 'NONE'])('refused: alg %s', async (alg) => {
  const token = `${part({ alg, kid: 'a' })}.${part(claims())}.`;
  await expect(auth().authenticate(token)).rejects.toEqual(refusal('operator.bad_token'));
});

test('refused: HS256 with the public key for a secret', async () => {
  const publicKey = (await importJWK(key.publicJwk, 'ES256', { extractable: true })) as CryptoKey;
  const pem = new TextEncoder().encode(await exportSPKI(publicKey));
  for (const secret of [pem, new TextEncoder().encode(JSON.stringify(key.publicJwk))]) {
    const token = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256', kid: 'a' })
      .sign(secret);
    await expect(auth().authenticate(token)).rejects.toEqual(refusal('operator.bad_token', 'alg'));
  }
});

test('refused: what is no token, or one whose claims were changed', async () => {
  const [head, , signature] = (await signToken(server, key)).split('.');
  const changed = `${head}.${part(claims())}.${signature}`;
  for (const token of ['x', 'a.b.c', '', changed]) {
    await expect(auth().authenticate(token)).rejects.toEqual(refusal('operator.bad_token'));
  }
});

test('keys that are rotated are found, and old ones count no longer', async () => {
  await using rotating = await startOidcServer(key);
  const oidc = { issuer: rotating.issuer, audience: AUDIENCE };
  const own = auth({ oidc });
  const before = await signToken(rotating, key);
  await own.authenticate(before);
  rotating.publish(other);
  expect((await own.authenticate(await signToken(rotating, other))).subject).toBe('op-1');
  await expect(own.authenticate(before)).rejects.toEqual(refusal('operator.bad_token', 'kid'));
});

test('invented key names do not make the issuer work', async () => {
  await using asked = await startOidcServer(key);
  const oidc = { issuer: asked.issuer, audience: AUDIENCE };
  const patient = auth({ oidc, cooldownMs: 3_600_000 });
  for (let i = 0; i < 20; i++) {
    const token = await signToken(asked, key, { kid: `k${i}` });
    await expect(patient.authenticate(token)).rejects.toEqual(refusal('operator.bad_token'));
  }
  expect(asked.keyFetches()).toBe(1);
});

test('an issuer that is away, or says it is another, is told as such and may come back', async () => {
  await using liar = await startOidcServer(key);
  liar.claimToBe('https://elsewhere.test');
  const own = auth({ oidc: { issuer: liar.issuer, audience: AUDIENCE } });
  const token = await signToken(liar, key);
  await expect(own.authenticate(token)).rejects.toEqual(refusal('operator.issuer_unreachable'));
  liar.claimToBe(liar.issuer);
  expect((await own.authenticate(token)).subject).toBe('op-1');
  const away = auth({ oidc: { issuer: 'http://127.0.0.1:1', audience: AUDIENCE } });
  await expect(away.authenticate(token)).rejects.toEqual(refusal('operator.issuer_unreachable'));
});

test('the built-in issuer counts on its own home, and never in production', async () => {
  await withFolder(async (folder) => {
    const home = openHome(folder);
    const oidc = { issuer: undefined, audience: AUDIENCE };
    const operator = { subject: 'me', roles: ['closer'] as const };
    const token = await developmentToken(home, {
      ...operator,
      ...{ audience: AUDIENCE, clock: () => NOW },
    });
    expect(await auth({ oidc, home, production: false }).authenticate(token)).toEqual(operator);
    await expect(auth({ oidc, home }).authenticate(token)).rejects.toEqual(
      refusal('operator.no_issuer'),
    );
    const late = auth({ oidc, home, production: false, clock: () => NOW + 8 * 3600 + 31 });
    await expect(late.authenticate(token)).rejects.toEqual(
      refusal('operator.bad_token', 'expired'),
    );
    await expect(auth({ home, production: false }).authenticate(token)).rejects.toEqual(
      refusal('operator.bad_token'),
    );
    await withFolder(async (elsewhere) => {
      const foreign = auth({ oidc, home: openHome(elsewhere), production: false });
      await expect(foreign.authenticate(token)).rejects.toEqual(refusal('operator.bad_token'));
    });
  });
});
