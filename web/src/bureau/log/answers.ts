import { z } from 'zod';
import { count, fact, seconds } from '../answers.ts';

const logEntry = z.object({
  id: count,
  at: seconds,
  operator: z.string(),
  role: z.string(),
  action: z.string(),
  facts: z.record(z.string(), fact),
  outcome: z.string(),
});
export type LogEntry = z.output<typeof logEntry>;

export const logAnswer = z.object({ entries: z.array(logEntry), next: count.nullable() });
