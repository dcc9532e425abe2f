import type { FastifyRequest } from 'fastify';
import type { Address, LocalAccount } from 'viem';
import {
  expectAuthority,
  type RegistryContract,
  registryAuthorities,
} from '../../chain/registry.ts';
import type { Clock } from '../../core/clock.ts';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Store } from '../../ledger/store/open-store.ts';
import { checkRequest } from './request-signature.ts';
import { spendNonce } from './spend-nonce.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came: what the signature is over. */
    rawBody?: Buffer;
    /** Who asks, once that is checked. */
    authority?: Address;
  }
}

export interface AuthenticateOptions {
  /** Whose server this is. */
  readonly account: LocalAccount;
  readonly registry: RegistryContract;
  /** Where requests that were made are remembered. */
  readonly requests: Store;
  readonly clock: Clock;
  /** For how long the authorities of the registry are remembered, ms. */
  readonly authoritiesMs: number;
}

/**
 * A hook that lets only an authority of the registry pass, and with each request once.
 * @throws authority.unsigned_request, authority.stale_request, authority.not_authority,
 * authority.replayed_request
 */
export function authenticator(options: AuthenticateOptions) {
  const { account, registry, requests, clock, authoritiesMs } = options;
  const domain = { chainId: registry.chain.chainId, registry: registry.address };
  const known = remembered(() => registryAuthorities(registry), authoritiesMs);
  return async (request: FastifyRequest): Promise<void> => {
    const now = clock();
    const body = request.rawBody ?? Buffer.alloc(0);
    const { method, url: path, headers } = request;
    const content = { to: account.address, method, path, body };
    const signed = await checkRequest(domain, headers, content, now);
    const { authorities } = await known();
    expectAuthority(authorities, signed.authority);
    if (!(await spendNonce(requests.db, signed, now))) {
      throw new CanbaoError('authority.replayed_request');
    }
    request.authority = signed.authority;
  };
}

/** Asks at most once in `ms`; a failure is not remembered. */
function remembered<T>(ask: () => Promise<T>, ms: number): () => Promise<T> {
  let answer: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (answer && Date.now() < until) return answer;
    until = Date.now() + ms;
    const asked = ask();
    answer = asked;
    asked.catch(() => {
      if (answer === asked) answer = undefined;
    });
    return asked;
  };
}
