import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { jsonSchemaTransform } from 'fastify-type-provider-zod';

/** The description of the routes, OpenAPI 3.1, at `/openapi.json`, and its page at `/docs`. */
export const openapi = fp(async (app: FastifyInstance, { origin }: { origin: string }) => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Canbao',
        version: '1',
        description:
          'Requests, proofs and verdicts about social-insurance records. Errors are RFC 9457 problem+json with a `code`.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: origin }],
      components: {
        securitySchemes: {
          verifier: { type: 'http', scheme: 'bearer', description: "A verifier's API key" },
          request: { type: 'http', scheme: 'bearer', description: 'The token of a request' },
          holder: { type: 'http', scheme: 'bearer', description: 'A session of a holder' },
          operator: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        },
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
});
