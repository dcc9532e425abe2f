import { z } from 'zod';
import { FIELD_ORDER, type Fr } from './field.ts';

/**
 * Schema of a number in its one accepted text form: decimal digits, no sign, no leading zero,
 * below `limit`. Decodes to a bigint.
 */
export function canonicalDecimal(limit: bigint) {
  const max = limit.toString().length;
  return z
    .string()
    .max(max, { error: 'not a canonical decimal', abort: true })
    .regex(/^(0|[1-9][0-9]*)$/, { error: 'not a canonical decimal', abort: true })
    .transform((text) => BigInt(text))
    .refine((value) => value < limit, { error: 'not below its limit', abort: true });
}

/** Schema of a scalar field element in canonical decimal. */
export const frSchema = canonicalDecimal(FIELD_ORDER).transform((value) => value as Fr);

/** The first complaint of a zod error, with its place; never the value itself. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const place = issue?.path.join('.');
  const said = issue?.message ?? 'invalid';
  return place ? `${place}: ${said}` : said;
}
