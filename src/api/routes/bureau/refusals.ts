import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { languageOf } from '../../../http/error-answers.ts';
import { refusalCells, refusalCsv } from '../../../ledger/store/refusal-csv.ts';
import { eachUploadRefusal, uploadRefusals } from '../../../service/bureau/upload-refusals.ts';
import { getUpload } from '../../../service/bureau/uploads.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';
import { idParams, limitQuery } from './answers.ts';
import { refusalJson, refusalsPage } from './import-answers.ts';

const query = limitQuery.extend({
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});

/** What of an upload was not taken, and why. */
export async function refusalRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const shared = { tags: ['bureau'], security: [{ operator: [] }], params: idParams };
  const config = operatorRoute('refusals.read', ['importer', 'auditor']);

  app.get(
    '/v1/bureau/imports/:id/refusals',
    {
      config,
      schema: {
        ...{ ...shared, summary: 'Refused rows, a page at a time', querystring: query },
        response: { 200: refusalsPage },
      },
    },
    async (request) => {
      const { limit } = request.query;
      const upload = await getUpload(service, request.params.id);
      const rows = await uploadRefusals(service, upload, request.query);
      const last = rows.length === limit ? rows.at(-1) : undefined;
      return {
        refusals: rows.map((row) => refusalJson(row, languageOf(request))),
        next: last?.id ?? null,
      };
    },
  );

  app.get(
    '/v1/bureau/imports/:id/refusals.csv',
    {
      config,
      schema: {
        ...{ ...shared, summary: 'All refused rows, for a spreadsheet' },
        produces: ['text/csv'],
        response: { 200: z.string() },
      },
      serializerCompiler: () => String,
    },
    async (request, reply) => {
      const upload = await getUpload(service, request.params.id);
      const language = languageOf(request);
      const csv = refusalCsv(language);
      const lines = async function* () {
        for await (const row of eachUploadRefusal(service, upload)) {
          yield refusalCells(row, language);
        }
      };
      const rows = Readable.from(lines());
      rows.on('error', (error) => csv.destroy(error)).pipe(csv);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="refused-${upload.id}.csv"`)
        .send(csv as never);
    },
  );
}
