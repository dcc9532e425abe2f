import { developmentToken } from '../../src/service/operators/development-issuer.ts';
import { addVerifier } from '../../src/service/verifiers/verifiers.ts';
import type { TestService } from '../../test/service/service.ts';
import { callingApp, logIn } from '../../test/support/call-service.ts';
import type { Known } from './operations.ts';

/** Tokens that open every route, and ids of things that are there. */
export async function knownTo({ app, service, holder }: TestService): Promise<Known> {
  const { db, random, home, clock, origin } = service;
  const { key } = await addVerifier(db, { audience: 'https://bank.test', name: 'Bank' }, random);
  const operator = { subject: 'fuzzer', roles: ['admin' as const], audience: 'canbao' };
  const call = callingApp(app);
  const { body } = await call('POST', '/v1/requests', {
    body: { preset: 'rent-subsidy-6m', purpose: 'Fuzzing' },
  });
  const { id, token } = body as { id: string; token: string };
  return {
    tokens: {
      verifier: [key],
      request: [token],
      holder: [await logIn(call, origin, holder('steady-employee').keys)],
      operator: [await developmentToken(home, { ...operator, clock })],
    },
    ids: [id, 'rent-subsidy-6m', '2026-10', '1'],
  };
}
