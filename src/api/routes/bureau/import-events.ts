import { setTimeout } from 'node:timers/promises';
import { fastifySSE } from '@fastify/sse';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { languageOf } from '../../../http/error-answers.ts';
import { getUpload } from '../../../service/bureau/uploads.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';
import { idParams } from './answers.ts';
import { uploadJson } from './import-answers.ts';

/** Between two looks; the worker may be another process. */
const LOOK_MS = 500;
const HEARTBEAT_MS = 15_000;

const WATCHING = { quiet: true, tokenInQuery: true };

/** How far an import is, as it goes. */
export async function importEventRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  await plain.register(fastifySSE, { heartbeatInterval: HEARTBEAT_MS });
  const ending = new AbortController();
  plain.addHook('preClose', async () => ending.abort());
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
      let upload = await getUpload(service, id);
      let told = '';
      while (reply.sse.isConnected) {
        const data = uploadJson(upload, language);
        const text = JSON.stringify(data);
        if (text !== told)
          await reply.sse.send({ event: upload.endedAt ? 'end' : 'progress', data });
        told = text;
        if (upload.endedAt) return;
        await setTimeout(LOOK_MS, undefined, { signal: ending.signal }).catch(() => {});
        if (ending.signal.aborted) return;
        upload = await getUpload(service, id);
      }
    },
  );
}
