import { z } from 'zod';
import { count, epochName, fact, kept, seconds } from '../answers.ts';

const totals = z.object({
  ...{ accounts: count, employers: count, records: count, paid: count },
  ...{ unpaid: count, later: count, people: count, baseFen: count },
});

export const auditAnswer = z.object({
  id: z.string(),
  month: z.string().nullable(),
  state: z.enum(['queued', 'auditing', 'done', 'failed']),
  operator: z.string(),
  createdAt: seconds,
  endedAt: seconds.nullable(),
  progress: z
    .object({
      stage: z.enum(['rows', 'rebuild', 'published']),
      share: count,
      epoch: z.string().optional(),
    })
    .nullable(),
  result: z
    .object({
      findings: z.array(
        z.object({ code: z.string(), text: z.string(), facts: z.record(z.string(), fact) }),
      ),
      findingCount: count,
      epochs: z.array(epochName.extend({ root: z.string(), ok: z.boolean(), totals })),
      unchecked: z.array(z.enum(['no_chain', 'no_log'])),
    })
    .nullable(),
  error: kept.nullable(),
});
export type Audit = z.output<typeof auditAnswer>;

export const auditsAnswer = z.object({ audits: z.array(auditAnswer) });
