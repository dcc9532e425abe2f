import type { HolderKeys } from '../../../src/holder/keys.ts';
import { createLogin } from '../../../src/holder/login.ts';
import { ORIGIN, type TestService } from '../service.ts';

type App = TestService['app'];

/** A challenge's nonce. */
export async function challenge(app: App): Promise<string> {
  const answer = await app.inject({ method: 'POST', url: '/v1/holder/challenges' });
  return answer.json<{ nonce: string }>().nonce;
}

/** Presents an answer to a challenge. */
export function present(app: App, payload: object) {
  return app.inject({ method: 'POST', url: '/v1/holder/sessions', payload });
}

/** Answers a new challenge with these keys. */
export async function tryLogin(app: App, keys: HolderKeys, origin = ORIGIN) {
  return present(app, createLogin(keys, { nonce: await challenge(app), origin }));
}

/** Headers of a new session. */
export async function logIn(app: App, keys: HolderKeys): Promise<{ authorization: string }> {
  const answer = await tryLogin(app, keys);
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return { authorization: `Bearer ${answer.json<{ token: string }>().token}` };
}
