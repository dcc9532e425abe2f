import { createLocalJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { Clock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Home } from '../../runtime/home.ts';
import { DEVELOPMENT_ISSUER, developmentKey } from './development-issuer.ts';
import { type Operator, rolesOfClaim } from './operator.ts';
import { type RemoteIssuerOptions, remoteIssuerKeys } from './remote-issuer.ts';

/** Signatures with a public key only: with a shared secret, whoever checks could also sign. */
const ALGORITHMS = ['RS256', 'ES256', 'EdDSA'];
/** Clocks of issuer and service may differ so much. */
const TOLERANCE_SECONDS = 30;

export interface OperatorAuthOptions extends RemoteIssuerOptions {
  readonly oidc: { readonly issuer: string | undefined; readonly audience: string };
  /** The built-in issuer does not count there. */
  readonly production: boolean;
  readonly home: Home;
  readonly clock: Clock;
}

/** Tells operators by their tokens. */
export interface OperatorAuth {
  /** @throws operator.bad_token, operator.no_issuer, operator.issuer_unreachable */
  authenticate(token: string): Promise<Operator>;
}

/** Tokens of the configured issuer, or outside production of the built-in one. */
export function operatorAuth(options: OperatorAuthOptions): OperatorAuth {
  const { oidc, clock } = options;
  const issuer = oidc.issuer ?? DEVELOPMENT_ISSUER;
  const keys = trustedKeys(options);
  return {
    async authenticate(token) {
      if (!keys) throw new CanbaoError('operator.no_issuer');
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer, audience: oidc.audience, algorithms: ALGORITHMS },
        clockTolerance: TOLERANCE_SECONDS,
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(clock() * 1000),
      }).catch((error) => {
        if (error instanceof CanbaoError) throw error;
        throw new CanbaoError('operator.bad_token', { reason: reasonOf(error) }, error);
      });
      const { sub = '', roles, canbao_roles } = payload;
      if (!/^[\x21-\x7e]{1,255}$/.test(sub)) {
        throw new CanbaoError('operator.bad_token', { reason: 'sub' });
      }
      return { subject: sub, roles: rolesOfClaim(roles ?? canbao_roles) };
    },
  };
}

/** Undefined where nobody is trusted. */
function trustedKeys({ oidc, production, home, cooldownMs }: OperatorAuthOptions) {
  if (oidc.issuer) {
    return remoteIssuerKeys(oidc.issuer, cooldownMs === undefined ? {} : { cooldownMs });
  }
  if (production) return undefined;
  let own: Promise<JWTVerifyGetKey> | undefined;
  const open = async () => {
    const { d: _, ...key } = await developmentKey(home);
    return createLocalJWKSet({ keys: [key] });
  };
  const keys: JWTVerifyGetKey = async (header, token) => {
    own ??= open();
    return (await own)(header, token);
  };
  return keys;
}

/** What of a token is wrong, in a word; never its content. */
function reasonOf(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) return error.claim;
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'signature';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'alg';
  if (error instanceof errors.JWKSNoMatchingKey) return 'kid';
  return 'form';
}
