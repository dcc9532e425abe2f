import { z } from 'zod';
import { canonicalDecimal } from '../core/json.ts';
import { COORDINATE_ORDER } from './points.ts';

/** A coordinate, in [0, q). */
const coordinate = canonicalDecimal(COORDINATE_ORDER);

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
