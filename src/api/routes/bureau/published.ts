import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { formatMonth } from '../../../core/month.ts';
import { PUBLISHED_SECONDS, type Published } from '../../../service/bureau/published.ts';
import { encodeEpochs } from '../../../verify/epochs-file.ts';
import { toSeconds } from './answers.ts';

const seconds = z.int().describe('Unix time');

const epochsFile = z.object({
  format: z.literal('canbao/epochs@1'),
  epochs: z.array(
    z.object({
      root: z.string(),
      month: z.int().describe('Months since 1900-01'),
      revision: z.int(),
      publishedAt: seconds,
      supersededAt: seconds.exactOptional(),
      correctedAt: seconds.exactOptional(),
    }),
  ),
});

const authorities = z.object({
  chainId: z.int(),
  registry: z.string(),
  authorities: z.array(z.string()),
  quorum: z.int().describe('How many of them must sign an epoch'),
});

const ledger = z.object({
  epochs: z.array(
    z.object({
      month: z.string().describe('YYYY-MM'),
      revision: z.int(),
      root: z.string(),
      state: z.enum(['submitted', 'final']),
      accounts: z.int(),
      employers: z.int(),
      builtAt: seconds,
      txHash: z
        .string()
        .nullable()
        .describe('Of the transaction that published it, if it is known'),
      signers: z.array(z.string()),
    }),
  ),
});

/** Roots and authorities, for everybody: what verifying off line takes. */
export async function publishedRoutes(
  plain: FastifyInstance,
  { published }: { readonly published: Published },
) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const tags = ['ledger'];

  app.get(
    '/v1/epochs',
    {
      schema: {
        ...{ tags, summary: 'Published epoch roots', security: [] },
        description:
          'The file `canbao epoch export` writes: presentations are verified against it.',
        response: { 200: epochsFile, 304: z.null() },
      },
    },
    async (request, reply) => {
      const file = encodeEpochs(await published.epochs());
      return isKnown(request, reply, file) ? reply.code(304).send(null) : file;
    },
  );

  app.get(
    '/v1/authorities',
    {
      schema: {
        ...{ tags, summary: 'Who signs epochs', security: [] },
        response: { 200: authorities, 304: z.null() },
      },
    },
    async (request, reply) => {
      const { authorities: all, ...rest } = await published.authorities();
      const answer = { ...rest, authorities: [...all] };
      return isKnown(request, reply, answer) ? reply.code(304).send(null) : answer;
    },
  );

  app.get(
    '/v1/epochs/ledger',
    {
      schema: {
        ...{ tags, summary: "Published months as the bureau's own ledger has them", security: [] },
        description: 'To be held against the chain: totals, transactions and signers.',
        response: { 200: ledger, 304: z.null() },
      },
    },
    async (request, reply) => {
      const epochs = (await published.ledger()).map((epoch) => ({
        ...epoch,
        month: formatMonth(epoch.month),
        root: String(epoch.root),
        builtAt: toSeconds(epoch.builtAt),
        signers: [...epoch.signers],
      }));
      return isKnown(request, reply, { epochs }) ? reply.code(304).send(null) : { epochs };
    },
  );
}

/** Marks an answer cacheable; true where the caller has it already. */
function isKnown({ headers }: FastifyRequest, reply: FastifyReply, answer: unknown): boolean {
  const hash = createHash('sha256').update(JSON.stringify(answer)).digest('base64url');
  const tag = `"${hash.slice(0, 22)}"`;
  reply.headers({ etag: tag, 'cache-control': `public, max-age=${PUBLISHED_SECONDS}` });
  return headers['if-none-match'] === tag;
}
