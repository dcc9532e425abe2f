import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { connect } from '../../../../src/sdk/connection.ts';
import { parseAnswer } from '../../shared/kept-answers.ts';
import { keptText } from '../../shell/kept-text.ts';
import { sessionAnswer } from '../answers.ts';
import { sessionStore } from './session-store.ts';

/** Of who is signed in. */
const keptToken = keptText('sessionStorage', 'canbao-operator');

/** Asks the service whose the token is; from then on it goes with every call. */
export async function beginSession(token: string): Promise<void> {
  sessionStore.set({ state: 'checking' });
  try {
    const call = { method: 'GET', path: '/v1/bureau/session', token } as const;
    const answer = await connect({ url: location.origin }).call(call);
    const session = parseAnswer(sessionAnswer, answer);
    keptToken.write(token);
    sessionStore.set({ state: 'active', session: { ...session, token, expiresAt: endOf(token) } });
  } catch (error) {
    // No network: the token may be as good as before.
    if (!(error instanceof CanbaoError) || error.status < 500) keptToken.forget();
    const isOld = (endOf(token) ?? Number.POSITIVE_INFINITY) * 1000 < Date.now();
    sessionStore.set(isOld ? { state: 'ended' } : { state: 'refused', error });
  }
}

export function signOut(): void {
  keptToken.forget();
  sessionStore.set({ state: 'none' });
}

/** Goes on with a session that a reload of the page cut short. */
export async function resumeSession(): Promise<void> {
  const token = keptToken.read();
  if (token !== undefined) await beginSession(token);
}

/** Ends the session when its token does, so that nobody fills in a form in vain. */
export function watchExpiry(): void {
  const look = () => {
    const now = sessionStore.get();
    if (now.state !== 'active' || now.session.expiresAt === undefined) return;
    if (now.session.expiresAt * 1000 > Date.now()) return;
    keptToken.forget();
    sessionStore.set({ state: 'ended' });
  };
  setInterval(look, 5_000);
  addEventListener('visibilitychange', look);
}

/** As `canbao operator token` signs: the built-in issuer, which counts outside production alone. */
const DEVELOPMENT_ISSUER = 'urn:canbao:development';

/**
 * Whether a link may bring it. One of an issuer may not: who follows a link must not find themselves
 * at work in somebody else's name.
 */
export function isDevelopmentToken(token: string): boolean {
  return claimsOf(token).iss === DEVELOPMENT_ISSUER;
}

/** When a token ends, by its own word: for showing, never for trusting. */
function endOf(token: string): number | undefined {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp : undefined;
}

function claimsOf(token: string): { readonly exp?: unknown; readonly iss?: unknown } {
  try {
    const [, body = ''] = token.split('.');
    return JSON.parse(atob(body.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return {};
  }
}
