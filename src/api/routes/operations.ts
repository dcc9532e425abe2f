import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { ApiOptions } from '../api-options.ts';

/** Whether the process lives, and whether it can serve. */
export async function operationRoutes(app: FastifyInstance, { service }: ApiOptions) {
  const ok = { tags: ['operations'], response: { 200: z.object({ ok: z.literal(true) }) } };
  const unlimited = { config: { rateLimit: false as const, admission: false as const } };

  app.get('/healthz', { schema: ok, ...unlimited }, async () => ({ ok: true }));

  app.get('/readyz', { schema: ok, ...unlimited }, async () => {
    const { db, chain } = service;
    const parts = {
      database: () => sql`select 1`.execute(db),
      chain: () => chain.registry.chain.reader.getBlockNumber({ cacheTime: 0 }),
    };
    for (const [what, answers] of Object.entries(parts)) {
      await answers().catch((cause) => {
        throw new CanbaoError('service.not_ready', { what }, cause);
      });
    }
    return { ok: true };
  });
}
