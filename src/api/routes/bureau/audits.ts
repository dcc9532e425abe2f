import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Language } from '../../../core/errors/canbao-error.ts';
import { formatMonth, parseMonth } from '../../../core/month.ts';
import { languageOf } from '../../../http/error-answers.ts';
import { findingText } from '../../../jobs/audit/finding.ts';
import { type AuditJob, audits } from '../../../service/bureau/audits.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';
import {
  idParams,
  keptErrorAnswer,
  keptErrorJson,
  limitQuery,
  orNull,
  seconds,
  toSeconds,
} from './answers.ts';

const month = z.string().regex(/^\d{4}-\d{2}$/);
const count = z.number().int();

const auditAnswer = z.object({
  id: z.string(),
  month: z.string().nullable().describe('YYYY-MM; null: the whole ledger'),
  state: z.enum(['queued', 'auditing', 'done', 'failed']),
  operator: z.string(),
  attempts: z.int(),
  createdAt: seconds,
  endedAt: seconds.nullable(),
  progress: z
    .object({
      stage: z.enum(['rows', 'rebuild', 'published']),
      share: z.number(),
      epoch: z.string().exactOptional(),
    })
    .nullable(),
  result: z
    .object({
      findings: z.array(
        z.object({
          code: z.string(),
          text: z.string(),
          facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        }),
      ),
      findingCount: count.describe('All of them; the list ends after some'),
      epochs: z.array(
        z.object({
          ...{ month: z.string(), revision: z.int(), root: z.string(), ok: z.boolean() },
          totals: z.object({
            ...{ accounts: count, employers: count, records: count, paid: count },
            ...{ unpaid: count, later: count, people: count, baseFen: count },
          }),
        }),
      ),
      unchecked: z.array(z.enum(['no_chain', 'no_log'])),
    })
    .nullable(),
  error: keptErrorAnswer.nullable(),
});

/** The ledger rebuilt out of its records, and held against itself and the chain. */
export async function auditRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const shared = { tags: ['bureau'], security: [{ operator: [] }] };
  const watching = (action: string) => operatorRoute(action, ['auditor'], { quiet: true });

  app.post(
    '/v1/bureau/audits',
    {
      config: operatorRoute('audit.begin', ['auditor']),
      schema: {
        ...{ ...shared, summary: 'Audit the ledger, or one month' },
        description: 'What `canbao audit` does; `/v1/bureau/audits/{id}` tells what was found.',
        body: z.strictObject({ month: month.exactOptional() }),
        response: { 202: z.object({ id: z.string() }) },
      },
    },
    async (request, reply) => {
      const given = request.body.month;
      const chosen = given === undefined ? null : parseMonth(given);
      request.actionFacts = given === undefined ? {} : { month: given };
      const operator = request.operator?.subject ?? '';
      const id = await audits.begin(service, { month: chosen, operator });
      request.actionFacts = { ...request.actionFacts, id };
      return reply.code(202).header('location', `/v1/bureau/audits/${id}`).send({ id });
    },
  );

  app.get(
    '/v1/bureau/audits',
    {
      config: watching('audit.list'),
      schema: {
        ...{ ...shared, summary: 'Audits, newest first', querystring: limitQuery },
        response: { 200: z.object({ audits: z.array(auditAnswer) }) },
      },
    },
    async (request) => {
      const jobs = await audits.list(service, request.query);
      return { audits: jobs.map((job) => auditJson(job, languageOf(request))) };
    },
  );

  app.get(
    '/v1/bureau/audits/:id',
    {
      config: watching('audit.read'),
      schema: {
        ...{ ...shared, summary: 'One audit and what it found', params: idParams },
        response: { 200: auditAnswer },
      },
    },
    async (request) => auditJson(await audits.get(service, request.params.id), languageOf(request)),
  );
}

function auditJson(job: AuditJob, language: Language): z.input<typeof auditAnswer> {
  const { id, state, operator, attempts, progress, result } = job;
  return {
    ...{ id, state, operator, attempts, progress },
    month: job.month === null ? null : formatMonth(job.month),
    createdAt: toSeconds(job.createdAt),
    endedAt: orNull(job.endedAt),
    result: result && {
      ...{ findingCount: result.findingCount, unchecked: [...result.unchecked] },
      epochs: result.epochs.map((epoch) => ({ ...epoch })),
      findings: result.findings.map(({ code, facts }) => ({
        ...{ code, facts: { ...facts } },
        text: findingText({ code, facts: facts as Record<string, string | number> }, language),
      })),
    },
    error: keptErrorJson(job.error, language),
  };
}
