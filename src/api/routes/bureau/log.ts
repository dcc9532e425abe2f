import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { readLog } from '../../../service/operator-log/operator-log.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';
import { limitQuery, seconds, toSeconds } from './answers.ts';

const entry = z.object({
  id: z.int(),
  at: seconds,
  operator: z.string().describe("Subject of the operator's token"),
  role: z.string(),
  action: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  outcome: z.string().describe('`ok`, or the code of the error'),
});

const page = z.object({
  entries: z.array(entry),
  next: z.int().nullable().describe('`before` of the page behind this one'),
});

/** Who did what. */
export async function logRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/v1/bureau/log',
    {
      config: operatorRoute('log.read', ['auditor']),
      schema: {
        tags: ['bureau'],
        summary: 'The operator log, newest first',
        security: [{ operator: [] }],
        querystring: limitQuery.extend({
          before: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).exactOptional(),
        }),
        response: { 200: page },
      },
    },
    async ({ query: { before, limit } }) => {
      const entries = await readLog(service, { before, limit });
      const last = entries.length === limit ? entries.at(-1) : undefined;
      return {
        entries: entries.map((one) => ({ ...one, at: toSeconds(one.at), facts: { ...one.facts } })),
        next: last?.id ?? null,
      };
    },
  );
}
