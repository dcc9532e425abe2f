import type { FastifyRequest } from 'fastify';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Service } from '../../service/service.ts';
import { type Verifier, verifierOfKey } from '../../service/verifiers/verifiers.ts';
import { bearerOf } from './bearer.ts';

/** Who asks, by API key; undefined for who shows none. @throws verifier.unknown_key */
export async function verifierOf(
  { db }: Service,
  request: FastifyRequest,
): Promise<Verifier | undefined> {
  const key = bearerOf(request);
  return key === undefined ? undefined : verifierOfKey(db, key);
}

/** The token of a request, from the header. @throws request.wrong_token */
export function requestToken(request: FastifyRequest): string {
  const token = bearerOf(request);
  if (token === undefined) throw new CanbaoError('request.wrong_token');
  return token;
}
