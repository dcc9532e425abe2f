import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Language } from '../../core/errors/canbao-error.ts';
import { languageOf } from '../../http/error-answers.ts';
import { DELEGATION_FORMAT } from '../../prove/delegation.ts';
import { orderProof } from '../../service/proofs/order-proof.ts';
import {
  dropProof,
  ownProof,
  type ProofStanding,
  watchProof,
} from '../../service/proofs/own-proof.ts';
import { toldError } from '../../service/proofs/proof-error.ts';
import { declareProofQueue } from '../../service/proofs/proof-queue.ts';
import type { ApiOptions } from '../api-options.ts';
import { eventStreams } from '../plugins/event-streams.ts';
import { holderAuth, holderOf } from '../plugins/holder-auth.ts';

const MOST_WATCHERS = 500;

const id = z.string().regex(/^[\w-]{22}$/);
const proofAnswer = z.object({
  id,
  state: z.enum(['queued', 'proving', 'done', 'failed', 'cancelled']),
  progress: z.number().meta({ description: '0 to 1' }),
  createdAt: z.int().meta({ description: 'Unix seconds' }),
  endedAt: z.int().exactOptional(),
  presentation: z.unknown().optional().meta({
    description: 'Once done: a `canbao/presentation@1` or `canbao/presentation-set@1`',
  }),
  error: z
    .object({
      code: z.string(),
      title: z.string(),
      facts: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
      reasons: z
        .array(z.object({ number: z.int(), statement: z.string(), text: z.string() }))
        .meta({
          description: 'What the record does not satisfy, and why; a request each, from 1',
        }),
    })
    .exactOptional()
    .meta({ description: 'Once failed' }),
});

/** Proofs made for holders who ask for it; see docs/delegated-proving.md for what that reveals. */
export async function proofRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  await declareProofQueue(service.queue);
  const sendEvents = await eventStreams(plain, MOST_WATCHERS);
  app.decorateRequest('holder', null);
  const onRequest = holderAuth(service);
  const shared = { tags: ['holder'], security: [{ holder: [] }] };
  const params = z.object({ id });

  app.post(
    '/v1/proofs',
    {
      onRequest,
      schema: {
        ...shared,
        summary: 'Have a proof made',
        description:
          'For devices that cannot: whoever proves learns the nullifier key, and what is asked by whom. Takes a `canbao/delegation@1`, in which the holder key signs each request to be answered; no other can be answered with it. At most three at a time.',
        // Read and checked whole, and kept as it came, where the order is taken.
        body: z.looseObject({ format: z.literal(DELEGATION_FORMAT) }),
        response: { 202: z.object({ id }) },
      },
    },
    async (request, reply) => {
      reply.code(202);
      return { id: await orderProof(service, holderOf(request), request.body) };
    },
  );

  app.get(
    '/v1/proofs/:id',
    {
      onRequest,
      schema: { ...shared, summary: 'How a proof stands', params, response: { 200: proofAnswer } },
    },
    async (request) => {
      const standing = await ownProof(service, holderOf(request), request.params.id);
      return proofJson(standing, languageOf(request));
    },
  );

  app.delete(
    '/v1/proofs/:id',
    {
      onRequest,
      schema: {
        ...shared,
        summary: 'Cancel a proof, or delete one that has ended',
        params,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      await dropProof(service, holderOf(request), request.params.id);
      return reply.code(204).send(null);
    },
  );

  app.get(
    '/v1/proofs/:id/events',
    {
      sse: 'only',
      onRequest: holderAuth(service, { inQuery: true }),
      config: { admission: false },
      schema: {
        ...shared,
        summary: 'A stream of how a proof stands',
        description:
          'Server-sent events `progress`, and `end` once it has ended, each with what `GET /v1/proofs/{id}` tells. Browsers send no headers here: the token may come as `access_token`. Ends with the session.',
        params,
        querystring: z.object({ access_token: z.string().max(100).exactOptional() }),
        produces: ['text/event-stream'],
      },
    },
    async (request, reply) => {
      const holder = holderOf(request);
      const language = languageOf(request);
      await ownProof(service, holder, request.params.id);
      await sendEvents(reply, async function* (signal) {
        for await (const standing of watchProof(service, holder, request.params.id, signal)) {
          const event = standing.endedAt === undefined ? 'progress' : 'end';
          yield { event, data: proofJson(standing, language) };
          if (service.clock() >= holder.expiresAt) return;
        }
      });
    },
  );
}

function proofJson({ error, ...standing }: ProofStanding, language: Language) {
  return { ...standing, ...(error && { error: toldError(error, language) }) };
}
