import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import type { ApiOptions } from '../api-options.ts';
import { answeringRoutes } from './requests/answering.ts';
import { askingRoutes } from './requests/asking.ts';
import { eventRoutes } from './requests/events.ts';

/** Requests: verifiers ask and read, wallets fetch and answer. */
export async function requestRoutes(app: FastifyInstance, options: ApiOptions) {
  app.addHook('onSend', async (_, reply) => {
    if (reply.statusCode === 401) reply.header('www-authenticate', 'Bearer realm="canbao"');
  });
  await app.register(formbody); // here only: nothing else takes forms
  await app.register(askingRoutes, options);
  await app.register(answeringRoutes, options);
  await app.register(eventRoutes, options);
}
