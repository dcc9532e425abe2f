import { z } from 'zod';
import { canonicalDecimal } from '../core/json.ts';
import type { Fen } from '../core/money.ts';
import type { WordFields, WordLayout } from '../core/packed-word.ts';
import { benefitsLayout, monthWordLayout, profileLayout } from '../ledger/account.ts';
import { insurances } from '../ledger/insurance.ts';
import { LEDGER_MONTHS } from '../ledger/month-set.ts';
import { MAX_RUNS, runValueLayouts } from '../ledger/runs.ts';
import { month, monthSet, openingFields, unsigned } from './bundle-fields.ts';

export const BUNDLE_FORMAT = 'canbao/bundle@1';

const mask = unsigned(insurances.length);

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
  ...openingFields,
  account,
});

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
