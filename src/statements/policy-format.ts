import { z } from 'zod';

const text = z.string().min(1).max(400);
const steps = z
  .array(z.tuple([z.int().min(0), z.int().min(0)]))
  .min(1)
  .refine(
    (rows) => rows.every((row, i) => i === 0 || row[0] > (rows[i - 1]?.[0] ?? 0)),
    'steps must ascend',
  );

/** One number of a rule, or a table of it, and how far it can be trusted. */
const figure = z
  .strictObject({
    value: z.int().min(0).exactOptional(),
    /** `[from, value]`, ascending: the value holds from there on. */
    steps: steps.exactOptional(),
    unit: z.enum(['months', 'years', 'percent']),
    /**
     * `official`: taken from the text cited. `secondary`: from a copy or an account of it.
     * `memory`: read nowhere; confirm it before anybody relies on it.
     */
    certainty: z.enum(['official', 'secondary', 'memory']),
    citation: text,
    note: text.exactOptional(),
  })
  .refine(({ value, steps }) => (value === undefined) !== (steps === undefined), {
    error: 'a figure has either a value or steps',
  });

const version = z.strictObject({
  /** First month it holds for, `YYYY-MM`; null where the beginning is not known: ever since. */
  effectiveFrom: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .nullable(),
  figures: z.record(z.string().regex(/^[a-z][A-Za-z0-9]*$/), figure),
});

export type Figure = z.infer<typeof figure>;
export type PolicyVersion = z.infer<typeof version>;

/** `policies/*.json`: the dated figures of one rule. */
export const policySchema = z
  .strictObject({
    format: z.literal('canbao/policy@1'),
    /** `kebab-case`. The file is named after it, and after the region: `slug.350200.json`. */
    policy: z.string().regex(/^[a-z][a-z0-9-]*$/),
    name: z.strictObject({ en: text, zh: text }),
    /** City whose rule it is; left out = no one city's. */
    region: z.int().min(110_000).max(829_999).exactOptional(),
    versions: z.array(version).min(1),
  })
  .refine(({ versions }) => versions.every(isLater), {
    error: 'versions must ascend, and only the first may begin at an unknown month',
  });

export type Policy = z.infer<typeof policySchema>;

function isLater(
  { effectiveFrom }: PolicyVersion,
  i: number,
  all: readonly PolicyVersion[],
): boolean {
  return i === 0 || (effectiveFrom ?? '') > (all[i - 1]?.effectiveFrom ?? '');
}
