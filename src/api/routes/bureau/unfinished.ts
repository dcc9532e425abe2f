import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { cutShortImport } from '../../../service/bureau/cut-short.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';

const unfinished = z
  .object({ fileName: z.string(), source: z.string(), rows: z.int() })
  .describe('Uploading the same file by the same mapping goes on with it; abandoning undoes it');

/** The import that was cut short and that nobody is at: until it is dealt with, no other begins. */
export async function unfinishedRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/v1/bureau/imports/unfinished',
    {
      config: operatorRoute('import.list', ['importer', 'auditor'], { quiet: true }),
      schema: {
        tags: ['bureau'],
        summary: 'The import that was cut short, if any',
        security: [{ operator: [] }],
        response: { 200: z.object({ unfinished: unfinished.nullable() }) },
      },
    },
    async () => {
      const found = await cutShortImport(service);
      if (!found) return { unfinished: null };
      const { fileName, source, counts } = found;
      return { unfinished: { fileName, source, rows: counts.rows } };
    },
  );
}
