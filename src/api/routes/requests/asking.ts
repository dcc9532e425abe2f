import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { languageOf } from '../../../http/error-answers.ts';
import { encodeAnyRequest } from '../../../request/any-request.ts';
import { requestUris } from '../../../service/presenting/authorization-request.ts';
import { openRequest } from '../../../service/presenting/open-request.ts';
import { cancelRequest, requestOutcome } from '../../../service/presenting/own-request.ts';
import type { ApiOptions } from '../../api-options.ts';
import { requestToken, verifierOf } from '../../plugins/verifier-auth.ts';
import { newRequestBody, openedRequest, outcome, standing, toOpen } from './bodies.ts';
import { requestId } from './request-id.ts';

const tags = ['requests'];
/** What only the asker sees is kept by no cache. */
const unkept = { 'cache-control': 'no-store' };

/** The verifier's side: asks, reads what became of it, takes it back. */
export async function askingRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.post(
    '/v1/requests',
    {
      schema: {
        tags,
        summary: 'Ask holders to prove something',
        description: "Without an API key in the service's own name, with one in the verifier's.",
        security: [{}, { verifier: [] }],
        body: newRequestBody,
        response: { 201: openedRequest },
      },
    },
    async (request, reply) => {
      const verifier = await verifierOf(service, request);
      const opened = await openRequest(service, {
        ...toOpen(request.body),
        ...(verifier && { verifier }),
      });
      const { id, expiresAt, token, webhookSecret } = opened;
      const { requestUri, link, page } = requestUris(service.origin, id);
      return reply
        .code(201)
        .headers({ ...unkept, location: requestUri })
        .send({
          ...{ id, requestUri, link, page, token, expiresAt },
          ...(webhookSecret !== undefined && { webhookSecret }),
          request: encodeAnyRequest(opened.request),
        });
    },
  );

  app.get(
    '/v1/requests/:id/verdict',
    {
      schema: {
        tags,
        summary: 'What became of a request',
        description: 'The verdict of a request with a redirect URI needs its response code.',
        security: [{ request: [] }],
        params: requestId,
        querystring: z.object({ response_code: z.string().max(100).exactOptional() }),
        response: { 200: outcome },
      },
    },
    async (request, reply) => {
      const { params, query } = request;
      const { verdict, ...rest } = await requestOutcome(service, params.id, {
        token: requestToken(request),
        responseCode: query.response_code,
      });
      reply.headers(unkept);
      return { ...rest, ...(verdict && { verdict: verdict[languageOf(request)] }) };
    },
  );

  app.post(
    '/v1/requests/:id/cancel',
    {
      schema: {
        tags,
        summary: 'Take a request back',
        security: [{ request: [] }],
        params: requestId,
        response: { 200: standing },
      },
    },
    async (request) => cancelRequest(service, request.params.id, requestToken(request)),
  );
}
