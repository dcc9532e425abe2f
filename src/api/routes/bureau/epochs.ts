import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { formatMonth, parseMonth } from '../../../core/month.ts';
import { languageOf } from '../../../http/error-answers.ts';
import { listSignatures } from '../../../ledger/store/epoch-transitions.ts';
import { listEpochs } from '../../../ledger/store/epochs.ts';
import { closings } from '../../../service/bureau/closings.ts';
import { nextEpoch } from '../../../service/bureau/next-epoch.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';
import { idParams, limitQuery, toSeconds } from './answers.ts';
import { closingAnswer, closingJson, ledgerEpochAnswer, nextEpochAnswer } from './epoch-answers.ts';

const closeBody = z.strictObject({
  month: z.string().regex(/^\d{4}-\d{2}$/),
  revise: z.boolean().default(false).describe('Close it again with the corrections since'),
});
const queued = z.object({ id: z.string() });

/** Closing months, and how far they are. */
export async function closingRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const shared = { tags: ['bureau'], security: [{ operator: [] }] };
  const watching = (action: string) =>
    operatorRoute(action, ['closer', 'auditor'], { quiet: true });

  app.get(
    '/v1/bureau/epochs',
    {
      config: watching('epoch.list'),
      schema: {
        ...{ ...shared, summary: 'Closed months and their states' },
        response: { 200: z.object({ epochs: z.array(ledgerEpochAnswer) }) },
      },
    },
    async () => {
      const { store } = service.bureau;
      const epochs = await listEpochs(store);
      const told = epochs.map(async ({ id, month, revision, state, txHash, ...epoch }) => ({
        ...{ month: formatMonth(month), revision, state, txHash, root: String(epoch.root) },
        ...{ accounts: epoch.accountCount, employers: epoch.employerCount },
        changedAccounts: epoch.changedAccounts,
        changedEmployers: epoch.changedEmployers,
        builtAt: toSeconds(epoch.builtAt),
        signers: (await listSignatures(store, id)).map(({ authority }) => authority),
      }));
      return { epochs: await Promise.all(told) };
    },
  );

  app.get(
    '/v1/bureau/epochs/next',
    {
      config: watching('epoch.list'),
      schema: {
        ...{ ...shared, summary: 'The month to be closed next, and what would come into it' },
        response: { 200: nextEpochAnswer },
      },
    },
    async () => {
      const { month, ...next } = await nextEpoch(service);
      return { ...next, month: formatMonth(month) };
    },
  );

  app.post(
    '/v1/bureau/epochs',
    {
      config: operatorRoute('epoch.close', ['closer']),
      schema: {
        ...{ ...shared, summary: 'Close a month', body: closeBody, response: { 202: queued } },
        description:
          'Root, signatures, publication; `/v1/bureau/closings/{id}` tells how far it is.',
      },
    },
    async (request, reply) => {
      const { revise } = request.body;
      const month = parseMonth(request.body.month);
      request.actionFacts = { month: formatMonth(month), revise };
      const operator = request.operator?.subject ?? '';
      const id = await closings.begin(service, { kind: 'close', month, revise, operator });
      request.actionFacts = { ...request.actionFacts, id };
      return reply.code(202).header('location', `/v1/bureau/closings/${id}`).send({ id });
    },
  );

  app.post(
    '/v1/bureau/epochs/check',
    {
      config: operatorRoute('epoch.check', ['closer']),
      schema: {
        ...{ ...shared, summary: 'Hold the ledger against the chain', response: { 202: queued } },
        description: 'What the chain has lost is submitted again; closings cut short are finished.',
      },
    },
    async (request, reply) => {
      const operator = request.operator?.subject ?? '';
      const id = await closings.begin(service, {
        ...{ kind: 'check', operator, month: null, revise: false },
      });
      request.actionFacts = { id };
      return reply.code(202).header('location', `/v1/bureau/closings/${id}`).send({ id });
    },
  );

  app.get(
    '/v1/bureau/closings',
    {
      config: watching('closing.list'),
      schema: {
        ...{ ...shared, summary: 'Closings and checks, newest first', querystring: limitQuery },
        response: { 200: z.object({ closings: z.array(closingAnswer) }) },
      },
    },
    async (request) => {
      const jobs = await closings.list(service, request.query);
      return { closings: jobs.map((job) => closingJson(job, languageOf(request))) };
    },
  );

  app.get(
    '/v1/bureau/closings/:id',
    {
      config: watching('closing.read'),
      schema: {
        ...{ ...shared, summary: 'One closing or check', params: idParams },
        response: { 200: closingAnswer },
      },
    },
    async (request) =>
      closingJson(await closings.get(service, request.params.id), languageOf(request)),
  );
}
