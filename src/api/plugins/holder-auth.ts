import type { FastifyReply, FastifyRequest } from 'fastify';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type HolderSession, sessionOf } from '../../service/holders/session.ts';
import type { Service } from '../../service/service.ts';
import { bearerOf, streamTokenOf } from './bearer.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** On routes behind {@link holderAuth}. */
    holder: (HolderSession & { readonly token: string }) | null;
  }
}

export interface HolderAuthOptions {
  /** For browsers' event streams, which send no headers: the token may come in the address. */
  readonly inQuery?: boolean;
}

/**
 * Hook of routes for holders who are logged in. What they are told is theirs alone: no cache keeps it.
 * The scope it is used in declares `holder` on its requests.
 */
export function holderAuth(service: Service, { inQuery = false }: HolderAuthOptions = {}) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.header('cache-control', 'no-store');
    const token = inQuery ? streamTokenOf(request) : bearerOf(request);
    try {
      if (token === undefined) throw new CanbaoError('holder.no_session');
      request.holder = { ...(await sessionOf(service, token)), token };
    } catch (error) {
      if (error instanceof CanbaoError && error.status === 401) {
        reply.header('www-authenticate', 'Bearer realm="canbao"'); // RFC 6750
      }
      throw error;
    }
  };
}

/** Whoever a route behind {@link holderAuth} is for. @throws holder.no_session */
export function holderOf({ holder }: FastifyRequest) {
  if (!holder) throw new CanbaoError('holder.no_session');
  return holder;
}
