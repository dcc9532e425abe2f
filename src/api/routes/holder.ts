import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { parseMonth } from '../../core/month.ts';
import { loginSchema, nonceSchema } from '../../holder/login.ts';
import { logIn, newChallenge } from '../../service/holders/login.ts';
import { encodeOwnBundle, ownOpening } from '../../service/holders/own-opening.ts';
import { endSession } from '../../service/holders/session.ts';
import type { ApiOptions } from '../api-options.ts';
import { holderAuth, holderOf } from '../plugins/holder-auth.ts';

/** Of all an address may ask for, this share may be attempts to log in. */
const LOGIN_SHARE = 20;

const expiresAt = z.int().meta({ description: 'Unix seconds' });
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);

/** Login with the holder key, and the holder's own record. */
export async function holderRoutes(plain: FastifyInstance, { service, config }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  app.decorateRequest('holder', null);
  const onRequest = holderAuth(service);
  const tags = ['holder'];
  const security = [{ holder: [] }];
  const max = Math.ceil(config.requestsAMinute / LOGIN_SHARE);
  const few = { rateLimit: { max, timeWindow: 60_000 } };

  app.post(
    '/v1/holder/challenges',
    {
      config: few,
      schema: {
        tags,
        summary: 'A challenge to log in with',
        description:
          'The holder key signs the nonce, this origin and the holder commitment: a device signs for the origin it is connected to, whatever it is told.',
        security: [],
        response: { 201: z.object({ nonce: nonceSchema, audience: z.string(), expiresAt }) },
      },
    },
    async (_, reply) => {
      reply.code(201).header('cache-control', 'no-store');
      return newChallenge(service);
    },
  );

  app.post(
    '/v1/holder/sessions',
    {
      config: few,
      schema: {
        tags,
        summary: 'Log in',
        description: 'Good for 15 minutes. The challenge is spent by trying.',
        security: [],
        body: loginSchema,
        response: { 201: z.object({ token: z.string(), expiresAt }) },
      },
    },
    async (request, reply) => {
      reply.code(201).header('cache-control', 'no-store');
      return logIn(service, request.body);
    },
  );

  app.delete(
    '/v1/holder/session',
    { onRequest, schema: { tags, summary: 'Log out', security, response: { 204: z.null() } } },
    async (request, reply) => {
      await endSession(service, holderOf(request).token);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/v1/bundle',
    {
      onRequest,
      schema: {
        tags,
        summary: 'The own record with its inclusion proof',
        description:
          'Under the last month that is final, or the month asked for. Only months that commit to the key of the session.',
        security,
        querystring: z.object({ month: month.exactOptional() }),
        response: {
          200: z.unknown().meta({
            description: 'A `canbao/bundle@1`, for an employer a `canbao/employer-bundle@1`',
          }),
        },
      },
    },
    async (request) => {
      const { month: text } = request.query;
      const asked = text === undefined ? undefined : parseMonth(text);
      return encodeOwnBundle(await ownOpening(service, holderOf(request), asked));
    },
  );
}
