import { navigate } from '../../shell/router.ts';
import { isReturn, returnFromIssuer } from './oidc.ts';
import { beginSession, isDevelopmentToken, resumeSession, watchExpiry } from './session.ts';
import { sessionStore } from './session-store.ts';

/**
 * How somebody arrives: back from the issuer, by a link that holds a development token behind
 * `#token=`, or in the middle of their work. Neither code nor token stays in the address.
 */
export function arrive(): void {
  watchExpiry();
  const linked = takeLinkedToken();
  if (linked !== undefined) beginSession(linked);
  else if (isReturn()) {
    sessionStore.set({ state: 'checking' });
    returnFromIssuer().then(beginSession, (error: unknown) =>
      sessionStore.set({ state: 'refused', error }),
    );
  } else {
    resumeSession();
  }
  // A link that is opened in a window that is open already.
  addEventListener('hashchange', () => {
    const token = takeLinkedToken();
    if (token !== undefined) beginSession(token);
  });
}

function takeLinkedToken(): string | undefined {
  const [, token] = /^#\/?token=([\w.-]+)$/.exec(location.hash) ?? [];
  if (token === undefined) return undefined;
  navigate('/', 'replace');
  return isDevelopmentToken(token) ? token : undefined;
}
