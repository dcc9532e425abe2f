import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { enrolByBureau } from '../../../service/bureau/enrol.ts';
import type { ApiOptions } from '../../api-options.ts';
import { operatorRoute } from '../../plugins/operator-auth.ts';

const enrolment = z.record(z.string(), z.unknown()).describe('The enrolment file of the wallet');

const enrolmentBody = z.union([
  z.strictObject({ idNumber: z.string().min(1).max(64), enrolment }),
  z.strictObject({ creditCode: z.string().min(1).max(64), enrolment }),
]);

const enrolledAnswer = z.object({
  kind: z.enum(['person', 'employer']),
  index: z.int().describe('Place in the tree of accounts, or of employers'),
  identityMonth: z.string().describe('YYYY-MM: from when the key counts as theirs'),
});

/** Keys tied to people and employers by a clerk who has checked who asks. */
export async function enrolmentRoutes(plain: FastifyInstance, { service }: ApiOptions) {
  plain.withTypeProvider<ZodTypeProvider>().post(
    '/v1/bureau/enrolments',
    {
      config: operatorRoute('enrol', ['clerk']),
      schema: {
        tags: ['bureau'],
        summary: 'Enrol a holder key',
        description: 'The key counts from the next closed month on; one before it is replaced.',
        security: [{ operator: [] }],
        body: enrolmentBody,
        response: { 200: enrolledAnswer },
      },
    },
    async (request) => {
      const { enrolment: file, ...subject } = request.body;
      const enrolled = await enrolByBureau(service, subject, file);
      request.actionFacts = { ...enrolled };
      return enrolled;
    },
  );
}
