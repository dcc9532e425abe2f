import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { formatMonth } from '../../../core/month.ts';
import { operatorRoles } from '../../../service/operators/operator.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';

const session = z.object({
  subject: z.string().describe('Who the operator log will name'),
  roles: z.array(z.enum(operatorRoles)),
  present: z.string().describe('YYYY-MM: the present month, in China'),
});

/** Who an operator is to the service, and what they may do: for pages that show it. */
export async function sessionRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  plain.withTypeProvider<ZodTypeProvider>().get(
    '/v1/bureau/session',
    {
      config: operatorRoute('session.read', operatorRoles, { quiet: true }),
      schema: {
        tags: ['bureau'],
        summary: 'Who the token is of, and what it is good for',
        security: [{ operator: [] }],
        response: { 200: session },
      },
    },
    async ({ operator }) => ({
      subject: operator?.subject ?? '',
      roles: [...(operator?.roles ?? [])],
      present: formatMonth(service.bureau.present),
    }),
  );
}
