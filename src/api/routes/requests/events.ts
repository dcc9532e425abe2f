import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CanbaoError } from '../../../core/errors/canbao-error.ts';
import { ownRow } from '../../../service/presenting/stored-request.ts';
import { watchRequest } from '../../../service/presenting/watch-request.ts';
import type { ApiOptions } from '../../api-options.ts';
import { streamTokenOf } from '../../plugins/bearer.ts';
import { eventStreams } from '../../plugins/event-streams.ts';
import { requestId } from './request-id.ts';

const MOST_WATCHERS = 1000;

/** How a request stands, told as it changes. */
export async function eventRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const sendEvents = await eventStreams(plain, MOST_WATCHERS);

  app.get(
    '/v1/requests/:id/events',
    {
      sse: 'manual',
      config: { admission: false },
      schema: {
        tags: ['requests'],
        summary: 'A stream of states of a request',
        description:
          'Server-sent events named `state`: one at once, one on each change; it ends with the last. Browsers send no headers here: the token may come as `access_token`.',
        security: [{ request: [] }],
        params: requestId,
        querystring: z.object({ access_token: z.string().max(100).exactOptional() }),
        produces: ['text/event-stream'],
        response: { 200: z.string() },
      },
    },
    async (request, reply) => {
      const token = streamTokenOf(request);
      if (token === undefined) throw new CanbaoError('request.wrong_token');
      const { id } = request.params;
      await ownRow(service, id, token);
      // The token is the permission, not where the page is from.
      reply.header('access-control-allow-origin', '*');
      reply.header('cross-origin-resource-policy', 'cross-origin');
      await sendEvents(reply, async function* (signal) {
        for await (const data of watchRequest(service, id, signal)) yield { event: 'state', data };
      });
    },
  );
}
