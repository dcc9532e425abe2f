import type { FastifyInstance } from 'fastify';
import type { HolderKeys } from '../../src/holder/keys.ts';
import { createLogin } from '../../src/holder/login.ts';

export interface CallOptions {
  readonly token?: string;
  readonly body?: unknown;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look for what they expect
  readonly body: any;
}

/** Asks a service, in this process or over a socket: JSON to and fro. */
export type Call = (
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  options?: CallOptions,
) => Promise<Answer>;

export function callingApp(app: FastifyInstance): Call {
  return async (method, url, { token, body } = {}) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    const payload = body === undefined ? {} : { payload: body as object };
    const answer = await app.inject({ method, url, headers, ...payload });
    return { status: answer.statusCode, body: answer.body ? answer.json() : undefined };
  };
}

export function callingUrl(origin: string): Call {
  return async (method, path, { token, body } = {}) => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: text ? JSON.parse(text) : undefined };
  };
}

/** A holder's session token. @param origin where the holder's device believes to be */
export async function logIn(call: Call, origin: string, keys: HolderKeys): Promise<string> {
  const { body: challenge } = await call('POST', '/v1/holder/challenges');
  const login = createLogin(keys, { nonce: challenge.nonce, origin });
  const { status, body } = await call('POST', '/v1/holder/sessions', { body: login });
  if (status !== 201) throw new Error(`login: ${status} ${body.code}`);
  return body.token;
}
