import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiOptions } from '../../api-options.ts';

const signIn = z.object({
  issuer: z.string().nullable().describe('OpenID Connect: whose tokens are taken'),
  clientId: z.string().nullable().describe('As whom a page asks it for one'),
  scope: z.string(),
  development: z.boolean().describe('Whether tokens of the built-in issuer count'),
});

/** How operators get a token: what the bureau's page has to know before anybody is signed in. */
export async function signInRoutes(plain: FastifyInstance, { service, config }: ApiOptions) {
  const { issuer, client, scope } = config.oidc;
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/v1/bureau/sign-in',
    {
      schema: {
        tags: ['bureau'],
        summary: 'How operators sign in',
        security: [],
        response: { 200: signIn },
      },
    },
    async (_, reply) => {
      reply.header('cache-control', 'no-cache');
      return {
        ...{ issuer: issuer ?? null, clientId: client ?? null, scope },
        development: issuer === undefined && !service.production,
      };
    },
  );
}
