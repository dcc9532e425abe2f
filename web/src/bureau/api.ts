import type { z } from 'zod';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import { errorOfProblem } from '../../../src/core/errors/problem.ts';
import { type Call, type Connection, connect } from '../../../src/sdk/connection.ts';
import { badAnswer, parseAnswer } from '../shared/kept-answers.ts';
import { settings } from '../shell/settings.ts';
import { sessionStore } from './session/session-store.ts';

/** An answer may wait for a dry run or an audit: the embedded database does one thing at a time. */
const PATIENCE_MS = 120_000;

function connection(): Connection {
  const { language } = settings.get();
  return connect({ url: location.origin, language, timeoutMs: PATIENCE_MS });
}

/** The token of who is signed in. */
export function sessionToken(): string | undefined {
  const now = sessionStore.get();
  return now.state === 'active' ? now.session.token : undefined;
}

/**
 * A call in the name of who is signed in. Where the token is no longer good, the session ends: the
 * page then asks to sign in, and stays where it is.
 * @throws the service's error; sdk.unreachable, sdk.bad_answer
 */
export async function callBureau<T extends z.ZodType>(
  answer: T,
  call: Omit<Call, 'token'>,
): Promise<z.output<T>> {
  return parseAnswer(answer, await minding(() => connection().call(withToken(call))));
}

/** Server-sent events, as `callBureau`. */
export function streamBureau(path: string, signal: AbortSignal) {
  return minding(() => connection().stream(withToken({ method: 'GET', path, signal })));
}

/** Watches what is thrown for the end of the session. */
export async function minding<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (isSignedOut(error) && sessionToken() !== undefined) sessionStore.set({ state: 'ended' });
    throw error;
  }
}

function isSignedOut(error: unknown): boolean {
  if (!(error instanceof CanbaoError)) return false;
  return error.code === 'operator.bad_token' || error.code === 'operator.no_token';
}

function withToken(call: Omit<Call, 'token'>): Call {
  return { ...call, token: sessionToken() };
}

/** A file: what a link could not fetch, for it sends no token. @throws as `callBureau` */
export function fileBureau(path: string, signal: AbortSignal): Promise<Blob> {
  return minding(async () => {
    const { language } = settings.get();
    const token = sessionToken() ?? '';
    const headers = { authorization: `Bearer ${token}`, 'accept-language': language };
    const answer = await fetch(path, { headers, signal, cache: 'no-store' }).catch((cause) => {
      signal.throwIfAborted();
      const facts = { origin: location.origin, reason: 'no answer' };
      throw new CanbaoError('sdk.unreachable', facts, cause);
    });
    if (answer.ok) return answer.blob();
    const problem = errorOfProblem(await answer.json().catch(() => undefined));
    throw problem ?? badAnswer(`status ${answer.status}`);
  });
}
