import type { AuthorizationServer, Client } from 'oauth4webapi';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { navigate } from '../../shell/router.ts';
import type { SignInAnswer } from './answers.ts';

/** What must outlive the way to the issuer and back. */
interface Journey {
  readonly issuer: string;
  readonly clientId: string;
  readonly verifier: string;
  readonly state: string;
  /** Where in the page somebody was. */
  readonly hash: string;
}

const STORAGE_KEY = 'canbao-sign-in';
const library = () => import('oauth4webapi');
const redirectUri = () => `${location.origin}/bureau/`;

/** Whether the issuer has just sent somebody back. */
export function isReturn(): boolean {
  const query = new URLSearchParams(location.search);
  return query.has('state') && (query.has('code') || query.has('error'));
}

/**
 * Leaves for the issuer: authorization code with PKCE (RFC 7636).
 * @throws operator.issuer_unreachable
 */
export async function leaveForIssuer(settings: SignInAnswer): Promise<void> {
  const { issuer, clientId, scope } = settings;
  if (issuer === null || clientId === null) throw unreachable('no client');
  const oauth = await library();
  const server = await discover(issuer);
  const [verifier, state] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState()];
  if (!server.authorization_endpoint) throw unreachable('no authorization endpoint');
  const url = new URL(server.authorization_endpoint);
  const query = {
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri(), scope, state },
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const journey: Journey = { issuer, clientId, verifier, state, hash: location.hash };
  sessionStorage.setItem(STORAGE_KEY, JSON.stringify(journey));
  location.assign(url);
}

/**
 * Comes back from the issuer with a token; the code is removed from the address at once.
 * @throws operator.bad_token, operator.issuer_unreachable
 */
export async function returnFromIssuer(): Promise<string> {
  const query = new URLSearchParams(location.search);
  const text = sessionStorage.getItem(STORAGE_KEY);
  sessionStorage.removeItem(STORAGE_KEY);
  const journey = text === null ? undefined : (JSON.parse(text) as Journey);
  history.replaceState(null, '', location.pathname);
  navigate(journey?.hash.slice(1) || '/', 'replace');
  if (!journey) throw bad('state');
  const { issuer, clientId, verifier, state } = journey;
  const oauth = await library();
  const server = await discover(issuer);
  const client: Client = { client_id: clientId };
  try {
    const given = oauth.validateAuthResponse(server, client, query, state);
    const response = await oauth.authorizationCodeGrantRequest(
      ...([server, client, oauth.None(), given, redirectUri(), verifier] as const),
      await allowed(issuer),
    );
    const answer = await oauth.processAuthorizationCodeResponse(server, client, response);
    return answer.access_token;
  } catch (error) {
    if (error instanceof TypeError) throw unreachable('no answer', error);
    const { error: code, message } = error as { error?: string; message?: string };
    throw bad(code ?? message ?? 'refused', error);
  }
}

async function discover(issuer: string): Promise<AuthorizationServer> {
  const oauth = await library();
  const url = new URL(issuer);
  try {
    const answer = await oauth.discoveryRequest(url, await allowed(issuer));
    return await oauth.processDiscoveryResponse(url, answer);
  } catch (error) {
    throw unreachable(error instanceof Error ? error.name : 'no answer', error);
  }
}

/** Only an issuer on one's own machine is asked in the open. */
async function allowed(issuer: string) {
  const { allowInsecureRequests } = await library();
  const { protocol, hostname } = new URL(issuer);
  return protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname)
    ? { [allowInsecureRequests]: true }
    : {};
}

function bad(reason: string, cause?: unknown): CanbaoError {
  return new CanbaoError('operator.bad_token', { reason }, cause);
}

function unreachable(reason: string, cause?: unknown): CanbaoError {
  return new CanbaoError('operator.issuer_unreachable', { reason }, cause);
}
