import type { InjectOptions } from 'fastify';
import { addVerifier } from '../../../src/service/verifiers/verifiers.ts';
import { ORIGIN, type TestService } from '../service.ts';
import { pensionParams } from '../verdicts/sample-presentations.ts';

export const BANK = 'https://bank.test';

/** Pension for `minMonths` of 2021, as statement and params go over the wire. */
export function pensionAsk(minMonths = 6n) {
  const params = Object.fromEntries(
    Object.entries(pensionParams(minMonths)).map(([name, value]) => [name, `${value}`]),
  );
  return { statement: 'coverage@1', params };
}

export interface Opened {
  readonly id: string;
  readonly token: string;
  readonly requestUri: string;
  readonly link: string;
  readonly page: string;
  readonly expiresAt: number;
  readonly webhookSecret?: string;
  // biome-ignore lint/suspicious/noExplicitAny: a file of the program's, read in tests
  readonly request: any;
}

/** What verifiers and holders do over HTTP, in tests. */
export function clientOf({ app, service }: TestService) {
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const inject = (options: InjectOptions) => app.inject(options);
  return {
    ask: (body: object, key?: string) =>
      inject({
        ...{ method: 'POST', url: '/v1/requests', payload: body },
        ...(key && { headers: bearer(key) }),
      }),
    async opened(body: object = {}, key?: string): Promise<Opened> {
      const answer = await this.ask({ asks: [pensionAsk()], purpose: '贷款 7', ...body }, key);
      if (answer.statusCode !== 201) throw new Error(answer.body);
      return answer.json();
    },
    fetch: (id: string) => inject({ url: `/v1/requests/${id}` }),
    /** As JSON. */
    answer: (id: string, vpToken: unknown, more: object = {}) =>
      inject({
        method: 'POST',
        url: `/v1/requests/${id}/response`,
        payload: { vp_token: vpToken, ...more },
      }),
    /** As a form, as OpenID4VP has it. */
    post: (id: string, form: Record<string, string>) =>
      inject({
        method: 'POST',
        url: `/v1/requests/${id}/response`,
        payload: `${new URLSearchParams(form)}`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      }),
    decline: (id: string, payload: object = { error: 'access_denied' }) =>
      inject({ method: 'POST', url: `/v1/requests/${id}/response`, payload }),
    verdict: (id: string, token: string, code?: string, headers: object = {}) =>
      inject({
        url: `/v1/requests/${id}/verdict${code === undefined ? '' : `?response_code=${code}`}`,
        headers: { ...bearer(token), ...headers },
      }),
    cancel: (id: string, token: string) =>
      inject({ method: 'POST', url: `/v1/requests/${id}/cancel`, headers: bearer(token) }),
    async verifier(audience = BANK) {
      return addVerifier(service.db, { audience, name: 'A bank' }, service.random);
    },
  };
}

export type Client = ReturnType<typeof clientOf>;

export { ORIGIN };
