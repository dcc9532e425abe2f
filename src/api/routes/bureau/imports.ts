import multipart from '@fastify/multipart';
import type { FastifyInstance } from 'fastify';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { languageOf } from '../../../http/error-answers.ts';
import { abandonUpload } from '../../../service/bureau/abandon.ts';
import { getUpload, listUploads } from '../../../service/bureau/uploads.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';
import { idParams, limitQuery } from './answers.ts';
import { uploadAnswer, uploadJson } from './import-answers.ts';
import { importEventRoutes } from './import-events.ts';
import { refusalRoutes } from './refusals.ts';
import { readUpload, uploadBody } from './upload-body.ts';

/** A mapping is some kilobytes. */
const MOST_FIELD_BYTES = 256 * 1024;

/** Exports of the bureau's systems, uploaded, imported one at a time, and reported on. */
export async function importRoutes(plain: FastifyInstance, api: ApiOptions) {
  const { service, config } = api;
  await plain.register(multipart, {
    limits: {
      ...{ fileSize: config.uploadBytes, files: 1, parts: 8 },
      ...{ fieldSize: MOST_FIELD_BYTES, fieldNameSize: 100, headerPairs: 20 },
    },
    throwFileSizeLimit: false,
  });
  await plain.register(refusalRoutes, api);
  await plain.register(importEventRoutes, api);
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const shared = { tags: ['bureau'], security: [{ operator: [] }] };
  const watching = (action: string) =>
    operatorRoute(action, ['importer', 'auditor'], { quiet: true });

  app.post(
    '/v1/bureau/imports',
    {
      // A file may take an hour to come: that must not be one place less for everybody.
      config: { ...operatorRoute('import.begin', ['importer']), admission: false, slowBody: true },
      // The body is a stream: its parts are checked as they are read.
      validatorCompiler: (route) =>
        route.httpPart === 'body' ? (value) => ({ value }) : validatorCompiler(route as never),
      schema: {
        ...{ ...shared, summary: 'Upload an export to import', body: uploadBody },
        consumes: ['multipart/form-data'],
        response: { 202: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) => {
      const { file, mapping, dryRun } = await readUpload(service, request);
      const { id, fileName } = file;
      const operator = request.operator?.subject ?? '';
      await file.begin({ mapping, dryRun, operator });
      request.actionFacts = { id, fileName, source: mapping.source, dryRun };
      return reply.code(202).header('location', `/v1/bureau/imports/${id}`).send({ id });
    },
  );

  app.get(
    '/v1/bureau/imports',
    {
      config: watching('import.list'),
      schema: {
        ...{ ...shared, summary: 'Uploads, newest first', querystring: limitQuery },
        response: { 200: z.object({ imports: z.array(uploadAnswer) }) },
      },
    },
    async (request) => {
      const uploads = await listUploads(service, request.query);
      return { imports: uploads.map((upload) => uploadJson(upload, languageOf(request))) };
    },
  );

  app.get(
    '/v1/bureau/imports/:id',
    {
      config: watching('import.read'),
      schema: {
        ...{ ...shared, summary: 'One upload and its report', params: idParams },
        response: { 200: uploadAnswer },
      },
    },
    async (request) => uploadJson(await getUpload(service, request.params.id), languageOf(request)),
  );

  app.post(
    '/v1/bureau/imports/abandon',
    {
      config: operatorRoute('import.abandon', ['importer']),
      schema: {
        ...{ ...shared, summary: 'Undo an import that was cut short' },
        response: {
          200: z.object({ fileName: z.string(), source: z.string(), rows: z.int() }),
        },
      },
    },
    async (request) => {
      const { fileName, source, counts } = await abandonUpload(service);
      request.actionFacts = { fileName, source, rows: counts.rows };
      return { fileName, source, rows: counts.rows };
    },
  );
}
