import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

/** An OpenID Connect issuer that lets everybody in: authorization code with PKCE, for one client. */
export interface OidcIssuer extends AsyncDisposable {
  readonly issuer: string;
  /** One of whoever signs in, for the service. */
  token(): Promise<string>;
  /** From now on whoever comes is sent back without a code. */
  refuse(): void;
}

export const CLIENT = 'canbao-pages';

/** @param roles of whoever signs in */
export async function startOidcIssuer(roles: readonly string[]): Promise<OidcIssuer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  const challenges = new Map<string, string>();
  let isRefusing = false;

  const sign = (audience: string) =>
    new SignJWT({ roles: [...roles] })
      .setProtectedHeader({ alg: 'ES256', kid: 'one' })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject('li-at-the-issuer')
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);

  /** Sends back to the page, with a code or an error. */
  function authorize(query: URLSearchParams): string {
    const back = new URL(query.get('redirect_uri') ?? '');
    back.searchParams.set('state', query.get('state') ?? '');
    const isGood =
      query.get('client_id') === CLIENT && query.get('code_challenge_method') === 'S256';
    if (isRefusing || !isGood) back.searchParams.set('error', 'access_denied');
    else {
      const code = randomBytes(16).toString('base64url');
      challenges.set(code, query.get('code_challenge') ?? '');
      back.searchParams.set('code', code);
    }
    return back.href;
  }

  /** A code once, and only for whoever knows what its challenge was made of. */
  async function exchange(body: URLSearchParams): Promise<object | undefined> {
    const code = body.get('code') ?? '';
    const challenge = challenges.get(code);
    challenges.delete(code);
    const verifier = body.get('code_verifier') ?? '';
    if (challenge !== createHash('sha256').update(verifier).digest('base64url')) return undefined;
    const [access_token, id_token] = await Promise.all([sign('canbao'), sign(CLIENT)]);
    return { access_token, id_token, token_type: 'Bearer', expires_in: 3600 };
  }

  const server = createServer(async (request, answer) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    const send = (json: object | undefined) => {
      answer.writeHead(json ? 200 : 400, {
        'content-type': 'application/json',
        'access-control-allow-origin': '*',
      });
      answer.end(JSON.stringify(json ?? { error: 'invalid_grant' }));
    };
    if (pathname === '/.well-known/openid-configuration') {
      send({
        ...{ issuer, jwks_uri: `${issuer}/keys` },
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
      });
    } else if (pathname === '/keys') send({ keys: [jwk] });
    else if (pathname === '/authorize') {
      answer.writeHead(302, { location: authorize(searchParams) }).end();
    } else if (pathname === '/token')
      send(await exchange(new URLSearchParams(await text(request))));
    else answer.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    token: () => sign('canbao'),
    refuse() {
      isRefusing = true;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function text(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
