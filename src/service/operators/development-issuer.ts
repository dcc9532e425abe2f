import { p256 } from '@noble/curves/nist.js';
import { base64urlnopad } from '@scure/base';
import { calculateJwkThumbprint, importJWK, type JWK, SignJWT } from 'jose';
import type { Clock } from '../../core/clock.ts';
import type { Home } from '../../runtime/home.ts';
import type { Operator } from './operator.ts';

/** What tokens of an installation without an issuer say of their origin. */
export const DEVELOPMENT_ISSUER = 'urn:canbao:development';
const VALID_SECONDS = 8 * 3600;

/** The key of the built-in issuer: P-256, made from a secret of the home. */
export async function developmentKey(home: Home): Promise<JWK> {
  const secret = p256.utils.randomSecretKey(await home.secret('operator-issuer', 48));
  const point = p256.getPublicKey(secret, false);
  const publicKey = {
    kty: 'EC',
    crv: 'P-256',
    x: base64urlnopad.encode(point.subarray(1, 33)),
    y: base64urlnopad.encode(point.subarray(33)),
  };
  const kid = await calculateJwkThumbprint(publicKey);
  return { ...publicKey, d: base64urlnopad.encode(secret), kid, alg: 'ES256' };
}

/** A token of the built-in issuer, good for eight hours. Whoever reads the home's secrets makes them. */
export async function developmentToken(
  home: Home,
  { subject, roles, audience, clock }: Operator & { audience: string; clock: Clock },
): Promise<string> {
  const key = await developmentKey(home);
  const now = clock();
  return new SignJWT({ roles: [...roles] })
    .setProtectedHeader({ alg: 'ES256', kid: key.kid ?? '' })
    .setIssuer(DEVELOPMENT_ISSUER)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(now)
    .setExpirationTime(now + VALID_SECONDS)
    .sign(await importJWK(key, 'ES256'));
}
