import { z } from 'zod';
import { canonicalDecimal } from '../core/json.ts';

export const REQUEST_FORMAT = 'canbao/request@1';

const hexText = (pattern: RegExp, error: string) =>
  z
    .string()
    .regex(pattern, { error, abort: true })
    .transform((text) => text.toLowerCase() as `0x${string}`);

/** A packed word has 253 bits: no field is wider. */
const paramValue = z.union([
  canonicalDecimal(1n << 253n),
  z
    .int()
    .min(0)
    .transform((value) => BigInt(value)),
]);

/** The form of `canbao/request@1`; its meaning is checked by `parseRequest`. */
export const requestSchema = z.strictObject({
  format: z.literal(REQUEST_FORMAT),
  domain: z.strictObject({
    chainId: z.int().min(1),
    verifyingContract: hexText(/^0x[0-9a-fA-F]{40}$/, 'not an address'),
  }),
  statement: z
    .string()
    .max(80)
    .regex(/^[a-z][a-z0-9-]*@[1-9][0-9]{0,8}$/, { error: 'not a statement name', abort: true }),
  params: z.record(z.string().max(80), paramValue),
  audience: z.string().max(1000),
  purpose: z.string().max(1000),
  nonce: hexText(/^0x[0-9a-f]{64}$/, 'not 32 bytes in lower-case hex'),
  /** Up to 2^53 − 1, which a uint64 holds. */
  expiresAt: z.int().min(0),
});

/** A request file. Params are canonical decimals or, where small, numbers. */
export type PresentationRequestJson = z.input<typeof requestSchema>;
