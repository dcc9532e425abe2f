import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { formatCertificateCode } from '../../request/certificate-code.ts';
import { findCertificate, keepCertificate } from '../../service/certificates/certificates.ts';
import type { ApiOptions } from '../api-options.ts';

const presentation = z.unknown().meta({
  description: 'A `canbao/presentation@1` or `canbao/presentation-set@1`',
});
const code = z.string().max(40).meta({ description: 'As printed or typed: `K7QW-3M0P-9DXR`' });

/** Codes to type for printed certificates, where their holders want one. */
export async function certificateRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const shared = { tags: ['certificates'], security: [] };

  app.post(
    '/v1/certificates',
    {
      config: { admission: 'verdict' },
      schema: {
        ...shared,
        summary: 'Keep a presentation under a code',
        description:
          'For a printed certificate that is checked without a camera. Only a presentation that holds is kept, sealed, until its request expires, 90 days at most. Whoever has the code reads it: what a verifier learns, and no more.',
        body: z.strictObject({ presentation }),
        response: {
          201: z.object({
            code: z.string(),
            expiresAt: z.int().meta({ description: 'Unix seconds' }),
          }),
        },
      },
    },
    async ({ body }, reply) => {
      const kept = await keepCertificate(service, body.presentation);
      reply.code(201).header('cache-control', 'no-store');
      return { ...kept, code: formatCertificateCode(kept.code) };
    },
  );

  app.get(
    '/v1/certificates/:code',
    {
      // Log lines name paths, and this one opens a certificate.
      logLevel: 'silent',
      schema: {
        ...shared,
        summary: 'The presentation of a code',
        description: 'To be checked like any other: that it is here proves nothing.',
        params: z.object({ code }),
        response: { 200: z.looseObject({ format: z.string() }) },
      },
    },
    async ({ params }, reply) => {
      const found = await findCertificate(service, params.code);
      reply.header('cache-control', 'no-store');
      return found as { format: string };
    },
  );
}
