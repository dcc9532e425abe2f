import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { ApiOptions } from '../api-options.ts';
import { publicRpcUrls } from '../public-rpc.ts';

const network = z.object({
  chainId: z.int(),
  registry: z.string().meta({ description: 'Address of the registry of epochs' }),
  statementVerifier: z
    .string()
    .exactOptional()
    .meta({ description: 'Address of the contract that checks presentations, once deployed' }),
  fromBlock: z.int().meta({ description: 'It was not there before' }),
  confirmations: z.int().meta({ description: 'Blocks until a root counts' }),
  rpcUrls: z.array(z.string()).meta({
    description: 'JSON-RPC that a page may ask, relative to this service; may be none',
  }),
  origin: z.url().meta({ description: 'Where people reach this service' }),
  production: z.boolean().meta({ description: 'Whether development keys are refused' }),
});

/** Where the roots are published: with it, anybody checks a presentation without this service. */
export async function networkRoutes(plain: FastifyInstance, { service, config }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { chain, origin, production } = service;
  app.get(
    '/v1/network',
    {
      schema: {
        tags: ['keys'],
        summary: 'The chain that holds the roots',
        security: [],
        response: { 200: network },
      },
    },
    async (_, reply) => {
      reply.header('cache-control', 'no-cache');
      const statementVerifier = chain.deployedVerifier()?.toLowerCase();
      return {
        chainId: chain.domain.chainId,
        registry: chain.registry.address,
        ...(statementVerifier && { statementVerifier }),
        fromBlock: Number(chain.fromBlock),
        confirmations: chain.registry.confirmations ?? 1,
        rpcUrls: publicRpcUrls(service, config),
        origin,
        production,
      };
    },
  );
}
