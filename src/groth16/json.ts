import { z } from 'zod';
import { FIELD_ORDER } from '../core/field.ts';
import { COORDINATE_ORDER } from './points.ts';

/** A number in its one accepted text form: decimal, no sign, no leading zero, below `limit`. */
function canonicalDecimal(limit: bigint) {
  return z
    .string()
    .max(77)
    .regex(/^(0|[1-9][0-9]*)$/, 'not a canonical decimal')
    .transform(BigInt)
    .refine((value) => value < limit, 'not below its limit');
}

/** A coordinate, in [0, q). */
export const coordinate = canonicalDecimal(COORDINATE_ORDER);
/** A scalar field element, in [0, r). */
export const scalar = canonicalDecimal(FIELD_ORDER);

/** `[x, y]`. */
export const g1Pair = z.tuple([coordinate, coordinate]);
/** `[[x.c0, x.c1], [y.c0, y.c1]]`. */
export const g2Pair = z.tuple([g1Pair, g1Pair]);

/** snarkjs's projective `[x, y, "1"]`; no other third coordinate, so one point has one form. */
export const snarkjsG1 = z
  .tuple([coordinate, coordinate, z.literal('1')])
  .transform(([x, y]) => [x, y] as const);
/** snarkjs's projective `[[x.c0, x.c1], [y.c0, y.c1], ["1", "0"]]`. */
export const snarkjsG2 = z
  .tuple([g1Pair, g1Pair, z.tuple([z.literal('1'), z.literal('0')])])
  .transform(([x, y]) => [x, y] as const);

/** The first complaint of a zod error, with its place: never the value itself. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  const place = issue?.path.join('.');
  const said = issue?.message ?? 'invalid';
  return place ? `${place}: ${said}` : said;
}
