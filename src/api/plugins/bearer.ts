import type { FastifyRequest } from 'fastify';

/** What is handed over in `Authorization: Bearer …`; undefined without the header. */
export function bearerOf({ headers: { authorization } }: FastifyRequest): string | undefined {
  if (authorization === undefined) return undefined;
  return /^Bearer +([\w~+/.=-]+) *$/i.exec(authorization)?.[1] ?? '';
}

/**
 * The same; for browsers' event streams, which send no headers, the token may come in the address as
 * `access_token`.
 */
export function streamTokenOf(request: FastifyRequest): string | undefined {
  const { access_token: token } = (request.query ?? {}) as { access_token?: unknown };
  return bearerOf(request) ?? (typeof token === 'string' ? token : undefined);
}
