import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { poseidon } from '../core/poseidon.ts';
import { packCreditCode, parseCreditCode, unpackCreditCode } from '../ledger/employer.ts';
import {
  type EmployerOpening,
  employerLeaf,
  employerParts,
  HEAD_COUNT_MONTHS,
  MAX_HEAD_COUNT,
} from '../ledger/employer-account.ts';
import {
  assertUnderRoot,
  encodeOpeningFields,
  hex,
  month,
  monthSet,
  openingFields,
} from './bundle-fields.ts';

export const EMPLOYER_BUNDLE_FORMAT = 'canbao/employer-bundle@1';

/** 18 characters in their one canonical form; decodes to the packed code. */
const creditCode = z
  .string()
  .refine(isCreditCode, { error: 'not a credit code', abort: true })
  .transform((code) => packCreditCode(parseCreditCode(code)));

/** `canbao/employer-bundle@1`: an employer opening; decodes to the program's own types. */
const employerBundleSchema = z.strictObject({
  format: z.literal(EMPLOYER_BUNDLE_FORMAT),
  ...openingFields,
  employer: z.strictObject({
    creditCode,
    identityMonth: month,
    paidInFull: monthSet,
    headCounts: z.array(z.int().min(0).max(MAX_HEAD_COUNT)).length(HEAD_COUNT_MONTHS),
    unpaidMonths: z.int().min(0),
  }),
});

/**
 * What a bureau hands an employer: its standing under a closed month, with its inclusion proof.
 * Like a person's bundle private, but without any secret.
 */
export type EmployerBundle = z.input<typeof employerBundleSchema>;

/** The versioned JSON form of an employer's opening. */
export function encodeEmployerBundle(opening: EmployerOpening): EmployerBundle {
  const { employer } = opening;
  return {
    format: EMPLOYER_BUNDLE_FORMAT,
    ...encodeOpeningFields(opening),
    employer: {
      creditCode: unpackCreditCode(employer.creditCode),
      identityMonth: employer.identityMonth,
      paidInFull: hex(employer.paidInFull),
      headCounts: [...employer.headCounts],
      unpaidMonths: employer.unpaidMonths,
    },
  };
}

/**
 * Reads an employer's bundle and recomputes it up to the epoch root, as `decodeBundle` does a person's.
 * @throws bundle.malformed, bundle.inconsistent
 */
export function decodeEmployerBundle(json: unknown): EmployerOpening {
  const parsed = employerBundleSchema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('bundle.malformed', { reason: firstIssue(parsed.error) });
  }
  const { format: _, ...opening } = parsed.data;
  const { employer, epoch, holderCommitment, inclusion } = opening;
  const leaf = employerLeaf(employerParts(employer, holderCommitment, poseidon), poseidon);
  assertUnderRoot(leaf, inclusion, epoch.employersRoot, epoch);
  return opening;
}

function isCreditCode(text: string): boolean {
  try {
    return parseCreditCode(text) === text;
  } catch {
    return false;
  }
}
