import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { languageOf } from '../../../http/error-answers.ts';
import { answerRequest } from '../../../service/presenting/answer-request.ts';
import { authorizationRequest } from '../../../service/presenting/authorization-request.ts';
import { declineRequest } from '../../../service/presenting/decline-request.ts';
import { openRequestById } from '../../../service/presenting/stored-request.ts';
import type { ApiOptions } from '../../api-options.ts';
import { authorizationRequestAnswer, responseAnswer, responseBody } from './bodies.ts';
import { requestId } from './request-id.ts';

const tags = ['requests'];

/** The holder's side, shaped as OpenID4VP 1.0: fetches a request and answers it. */
export async function answeringRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  app.get(
    '/v1/requests/:id',
    {
      schema: {
        tags,
        summary: 'A request, for wallets',
        description:
          'Shaped as an authorization request of OpenID4VP 1.0. Who asks, and what exactly, is in `canbao_request`: proofs are bound to every word of it.',
        security: [],
        params: requestId,
        response: { 200: authorizationRequestAnswer },
      },
    },
    async ({ params: { id } }, reply) => {
      const request = await openRequestById(service, id);
      reply.header('cache-control', 'no-store');
      return authorizationRequest(service.origin, id, request);
    },
  );

  app.post(
    '/v1/requests/:id/response',
    {
      config: { admission: 'verdict' },
      schema: {
        tags,
        summary: 'Answer a request',
        description:
          'As a form (`direct_post` of OpenID4VP) or as JSON. A false answer leaves the request open. `error=access_denied` declines, which is a notice to the verifier: the request may still be answered.',
        security: [],
        params: requestId,
        body: responseBody,
        response: { 200: responseAnswer },
      },
    },
    async (request) => {
      const { body } = request;
      const { id } = request.params;
      const state = body.state === undefined ? {} : { state: body.state };
      if (body.error !== undefined) {
        await declineRequest(service, id, state);
        return { state: 'declined' as const };
      }
      const { verdict, redirectUri } = await answerRequest(service, id, {
        ...{ vpToken: body.vp_token, ...state },
      });
      const { verified, reason, text } = verdict[languageOf(request)];
      return { verified, reason, text, ...(redirectUri && { redirect_uri: redirectUri }) };
    },
  );
}
