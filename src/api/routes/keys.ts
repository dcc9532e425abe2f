import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { PUBLISHED_FILES, type PublishedKeys, publishedKeys } from '../../keys/published-keys.ts';
import { statementRegistry } from '../../statements/registry.ts';
import type { ApiOptions } from '../api-options.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const manifest = z.object({
  format: z.literal('canbao/keys@1'),
  statements: z.record(
    z.string(),
    z.object({
      status: z.enum(['development', 'ceremony']),
      contributions: z.int(),
      r1cs: sha256,
      wasm: sha256,
      graph: sha256.exactOptional(),
      zkey: sha256,
      compactKey: sha256.exactOptional(),
      sources: sha256.exactOptional(),
      transcript: sha256.exactOptional().meta({ description: 'Of the ceremony' }),
      vkeyHash: z.string().meta({ description: "The contract's `vkeyHash()`" }),
      tools: z.record(z.string(), z.string()),
    }),
  ),
});

const YEAR_SECONDS = 31_536_000;

/** What is needed to prove and to verify elsewhere. The same for everybody, and no secret. */
export async function keyRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const names = statementRegistry.all().map(({ name }) => name);
  const shared = { tags: ['keys'], security: [] };

  const keysOf = (statement: string) => publishedKeys(service.keys, statement);

  app.get(
    '/v1/keys',
    {
      schema: {
        ...shared,
        summary: 'Keys of every statement',
        description: 'How each came to be, and the SHA-256 of its files.',
        response: { 200: manifest },
      },
    },
    async (_, reply) => {
      const statements: z.input<typeof manifest>['statements'] = {};
      for (const name of names) statements[name] = withoutUndefined((await keysOf(name)).entry);
      reply.header('cache-control', 'no-cache');
      return { format: 'canbao/keys@1' as const, statements };
    },
  );

  app.get(
    '/v1/keys/:statement/:file',
    {
      schema: {
        ...shared,
        summary: 'A file of a statement',
        description:
          'Witness program (`circuit.graph`, the smaller one, or `circuit.wasm`), proving key (`circuit.ckey`, the smaller one, or `circuit.zkey`), verification key. With its hash as `sha256` it may be kept for ever.',
        params: z.object({ statement: z.enum(names), file: z.enum(PUBLISHED_FILES) }),
        querystring: z.object({ sha256: sha256.exactOptional() }),
        produces: ['application/octet-stream', 'application/json'],
        response: {
          200: z.string().meta({ format: 'binary' }),
          304: z.null().meta({ description: 'It is the one you have' }),
        },
      },
    },
    async (request, reply) => {
      const { statement, file: name } = request.params;
      const file = (await keysOf(statement)).files.get(name);
      const asked = request.query.sha256;
      if (!file || (asked !== undefined && asked !== file.sha256)) {
        throw new CanbaoError('http.not_found');
      }
      const tag = `"${file.sha256}"`;
      reply.header('etag', tag);
      reply.header(
        'cache-control',
        asked ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache',
      );
      if (request.headers['if-none-match'] === tag) return reply.code(304).send(undefined as never);
      reply.type(name.endsWith('.json') ? 'application/json' : 'application/octet-stream');
      // Bytes go out as they are, uncopied: the schema describes them, and does not shape them.
      const { buffer, byteOffset, byteLength } = await file.bytes();
      return reply.send(Buffer.from(buffer, byteOffset, byteLength) as never);
    },
  );
}

/** An entry without names that stand for nothing: optional ones are left out in answers. */
function withoutUndefined(
  entry: PublishedKeys['entry'],
): z.input<typeof manifest>['statements'][string] {
  const { graph, compactKey, sources, transcript, ...rest } = entry;
  return {
    ...rest,
    ...(graph && { graph }),
    ...(compactKey && { compactKey }),
    ...(sources && { sources }),
    ...(transcript && { transcript }),
  };
}
