import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { EIP1193RequestFn } from 'viem';
import { z } from 'zod';
import type { ApiOptions } from '../api-options.ts';

/** What pages read of a chain; whatever changes it, or the node, is not among them. */
const READS = [
  'eth_blockNumber',
  'eth_call',
  'eth_chainId',
  'eth_getBlockByNumber',
  'eth_getCode',
  'eth_getLogs',
] as const;
const MOST_CALLS = 50;
/** JSON-RPC's own: the call failed. */
const FAILED = -32_000;

const id = z.union([z.int(), z.string().max(100)]);
const call = z.object({
  jsonrpc: z.literal('2.0'),
  id,
  method: z.enum(READS),
  params: z.array(z.unknown()).max(2).default([]),
});
const answer = z.object({
  jsonrpc: z.literal('2.0'),
  id,
  result: z.unknown().optional(),
  error: z.object({ code: z.int(), message: z.string() }).exactOptional(),
});
type Answer = z.input<typeof answer>;

/** Where a page asks the development chain, below the service's own address. */
export const DEVELOPMENT_CHAIN_PATH = '/v1/chain';

/**
 * The development chain, to be read only. Its node is closed to pages, for anybody may make it do
 * anything; other chains are asked where `CANBAO_PUBLIC_RPC` says.
 */
export async function developmentChainRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const { isEmbedded, registry } = service.chain;
  if (!isEmbedded) return;
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const request = registry.chain.reader.request as EIP1193RequestFn;
  const ask = async (one: z.output<typeof call>): Promise<Answer> => {
    const { method, params } = one;
    const head = { jsonrpc: '2.0' as const, id: one.id };
    try {
      const asked = { method, params } as Parameters<typeof request>[0];
      return { ...head, result: await request(asked, { retryCount: 0 }) };
    } catch (error) {
      const { shortMessage, code } = error as { shortMessage?: string; code?: number };
      const message = shortMessage ?? 'the call failed';
      return {
        ...head,
        error: { code: Number.isInteger(code) ? (code as number) : FAILED, message },
      };
    }
  };

  app.post(
    DEVELOPMENT_CHAIN_PATH,
    {
      schema: {
        tags: ['keys'],
        summary: 'Read the development chain',
        description: 'JSON-RPC, one call or several. Served where the service has its own chain.',
        security: [],
        body: z.union([call, z.array(call).min(1).max(MOST_CALLS)]),
        response: { 200: z.union([answer, z.array(answer)]) },
      },
    },
    ({ body }) => (Array.isArray(body) ? Promise.all(body.map(ask)) : ask(body)),
  );
}
