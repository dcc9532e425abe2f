import { z } from 'zod';
import { toEpochRoot } from '../core/brands.ts';
import { canonicalDecimal, frSchema } from '../core/json.ts';
import type { Fen } from '../core/money.ts';
import { MONTH_BITS, type MonthIndex } from '../core/month.ts';
import type { WordFields, WordLayout } from '../core/packed-word.ts';
import { benefitsLayout, monthWordLayout, profileLayout } from '../ledger/account.ts';
import { insurances } from '../ledger/insurance.ts';
import { LEDGER_MONTHS } from '../ledger/month-set.ts';
import { MAX_RUNS, runValueLayouts } from '../ledger/runs.ts';
import { ARITY, TREE_DEPTH } from '../ledger/tree.ts';

export const BUNDLE_FORMAT = 'canbao/bundle@1';

const month = unsigned(MONTH_BITS).transform((value) => value as MonthIndex);
const mask = unsigned(insurances.length);

const monthSet = z
  .string()
  .regex(/^0x(0|[1-9a-f][0-9a-f]{0,191})$/, { error: 'not a canonical month set', abort: true })
  .transform((hex) => BigInt(hex));

const coverage = z
  .strictObject({ paid: monthSet, late: monthSet })
  .refine(({ paid, late }) => (late & ~paid) === 0n, 'a late month is not paid');

const account = z.strictObject({
  profile: wordSchema(profileLayout),
  benefits: wordSchema(benefitsLayout),
  coverage: z.array(coverage).length(insurances.length),
  regionRuns: runs(runValueLayouts.region.region),
  employerRuns: runs(runValueLayouts.employer.employer),
  months: z
    .array(
      z.strictObject({
        month,
        baseFen: unsigned(monthWordLayout.baseFen).transform((value) => value as Fen),
        paidMask: mask,
        lateMask: mask,
        category: unsigned(monthWordLayout.category),
        region: unsigned(monthWordLayout.region),
        employer: canonicalDecimal(1n << BigInt(monthWordLayout.employer)),
      }),
    )
    .max(LEDGER_MONTHS),
});

/** `canbao/bundle@1`: an account opening; decodes to the program's own types. */
export const bundleSchema = z.strictObject({
  format: z.literal(BUNDLE_FORMAT),
  epoch: z.strictObject({
    month,
    accountsRoot: frSchema,
    employersRoot: frSchema,
    root: frSchema.transform((value) => toEpochRoot(value)),
  }),
  holderCommitment: frSchema,
  account,
  inclusion: z.strictObject({
    index: z
      .int()
      .min(0)
      .max(ARITY ** TREE_DEPTH - 1),
    siblings: z.array(z.tuple([frSchema, frSchema, frSchema])).length(TREE_DEPTH),
  }),
});

/** A number that `bits` bits hold. */
function unsigned(bits: number) {
  return z
    .int()
    .min(0)
    .max(2 ** bits - 1);
}

/** The fields of a layout, each in canonical decimal and within its width. */
function wordSchema<L extends WordLayout>(layout: L) {
  const shape = Object.fromEntries(
    Object.entries(layout).map(([name, bits]) => [name, canonicalDecimal(1n << BigInt(bits))]),
  );
  return z.strictObject(shape).transform((fields) => fields as WordFields<L>);
}

function runs(placeBits: number) {
  const place = canonicalDecimal(1n << BigInt(placeBits));
  const run = z
    .strictObject({ place, insuranceMask: mask.min(1), from: month, to: month })
    .refine(({ from, to }) => from <= to, 'it ends before it begins');
  return z.array(run).max(MAX_RUNS);
}
