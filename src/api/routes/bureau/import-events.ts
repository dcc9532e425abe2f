import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { languageOf } from '../../../http/error-answers.ts';
import { getUpload } from '../../../service/bureau/uploads.ts';
import { watchUpload } from '../../../service/bureau/watch-upload.ts';
import type { ApiOptions } from '../../api-options.ts';
import { eventStreams } from '../../plugins/event-streams.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';
import { idParams } from './answers.ts';
import { uploadJson } from './import-answers.ts';

const MOST_WATCHERS = 500;

const WATCHING = { quiet: true, tokenInQuery: true };

/** How far an import is, as it goes. */
export async function importEventRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const sendEvents = await eventStreams(plain, MOST_WATCHERS);
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/v1/bureau/imports/:id/events',
    {
      sse: 'only',
      config: {
        ...operatorRoute('import.watch', ['importer', 'auditor'], WATCHING),
        admission: false,
      },
      schema: {
        tags: ['bureau'],
        summary: 'Progress of an upload as server-sent events',
        description: 'Events `progress` and, at its end, `end`, each with the upload as JSON.',
        security: [{ operator: [] }],
        params: idParams,
        querystring: z.object({
          access_token: z.string().exactOptional().describe('Where no header can be sent'),
        }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const language = languageOf(request);
      await getUpload(service, id);
      await sendEvents(reply, async function* (signal) {
        for await (const upload of watchUpload(service, id, signal)) {
          yield { event: upload.endedAt ? 'end' : 'progress', data: uploadJson(upload, language) };
        }
      });
    },
  );
}
