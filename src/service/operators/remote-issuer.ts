import { createRemoteJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';

const TIMEOUT_MS = 5000;
/** Between two looks for a key nobody has seen: whoever invents key names costs the issuer no more. */
const COOLDOWN_MS = 10_000;

/** As far as OpenID Connect Discovery concerns us. */
const discovery = z.object({ issuer: z.string(), jwks_uri: z.url({ protocol: /^https?$/ }) });

export interface RemoteIssuerOptions {
  readonly cooldownMs?: number;
}

/**
 * The keys of an OpenID Connect issuer, found by its discovery document at first use and fetched
 * anew when a token names one that is not known. @throws operator.issuer_unreachable
 */
export function remoteIssuerKeys(
  issuer: string,
  { cooldownMs = COOLDOWN_MS }: RemoteIssuerOptions = {},
): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const open = async () => {
    const uri = await jwksUri(issuer);
    return createRemoteJWKSet(new URL(uri), {
      timeoutDuration: TIMEOUT_MS,
      cooldownDuration: cooldownMs,
    });
  };
  return async (header, token) => {
    keys ??= open();
    const opened = await keys.catch((error) => {
      keys = undefined;
      throw error;
    });
    try {
      return await opened(header, token);
    } catch (error) {
      if (isAboutToken(error)) throw error;
      throw unreachable(error instanceof Error ? error.name : 'no keys', error);
    }
  };
}

/** Of what fetching keys throws, that the token is at fault. */
function isAboutToken(error: unknown): boolean {
  return (
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSENotSupported
  );
}

async function jwksUri(issuer: string): Promise<string> {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(url, {
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause) => {
    throw unreachable('no answer', cause);
  });
  if (!answer.ok) throw unreachable(`status ${answer.status}`);
  const read = discovery.safeParse(await answer.json().catch(() => undefined));
  if (!read.success) throw unreachable('not a discovery document');
  // A document of another issuer must not lend it our trust (OpenID Connect Discovery 4.3).
  if (read.data.issuer !== issuer) throw unreachable('the document names another issuer');
  return read.data.jwks_uri;
}

function unreachable(reason: string, cause?: unknown): CanbaoError {
  return new CanbaoError('operator.issuer_unreachable', { reason }, cause);
}
