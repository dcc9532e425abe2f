import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export const AUDIENCE = 'canbao-test';
export const NOW = 1_800_000_000;

export interface SigningKey {
  readonly kid: string;
  readonly alg: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

export async function signingKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, alg, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg } };
}

/** An OpenID Connect issuer: its discovery document and its keys. */
export interface OidcServer extends AsyncDisposable {
  readonly issuer: string;
  /** Keys it publishes from now on. */
  publish(...keys: readonly SigningKey[]): void;
  /** What its document says its name is. */
  claimToBe(issuer: string): void;
  readonly keyFetches: () => number;
}

export async function startOidcServer(...keys: readonly SigningKey[]): Promise<OidcServer> {
  let published = keys;
  let fetches = 0;
  let claimed: string | undefined;
  const server = createServer((request, answer) => {
    answer.setHeader('content-type', 'application/json');
    if (request.url === '/.well-known/openid-configuration') {
      answer.end(JSON.stringify({ issuer: claimed ?? issuer, jwks_uri: `${issuer}/keys` }));
    } else if (request.url === '/keys') {
      fetches++;
      answer.end(JSON.stringify({ keys: published.map(({ publicJwk }) => publicJwk) }));
    } else answer.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    publish: (...next) => {
      published = next;
    },
    claimToBe: (name) => {
      claimed = name;
    },
    keyFetches: () => fetches,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface TokenChanges {
  readonly issuer?: string;
  readonly audience?: string;
  readonly subject?: string | undefined;
  readonly expires?: number;
  readonly notBefore?: number;
  readonly kid?: string;
  readonly claims?: Record<string, unknown>;
}

/** A good token of the server's, but for the changes. */
export function signToken(
  { issuer }: Pick<OidcServer, 'issuer'>,
  key: SigningKey,
  changes: TokenChanges = {},
): Promise<string> {
  const token = new SignJWT(changes.claims ?? { roles: ['importer'] })
    .setProtectedHeader({ alg: key.alg, kid: changes.kid ?? key.kid })
    .setIssuer(changes.issuer ?? issuer)
    .setAudience(changes.audience ?? AUDIENCE)
    .setIssuedAt(NOW)
    .setExpirationTime(changes.expires ?? NOW + 600);
  if (changes.notBefore !== undefined) token.setNotBefore(changes.notBefore);
  const subject = 'subject' in changes ? changes.subject : 'op-1';
  if (subject !== undefined) token.setSubject(subject);
  return token.sign(key.privateKey);
}
