import { z } from 'zod';
import type { EmployerOpening } from '../ledger/employer-account.ts';
import type { AccountOpening } from '../ledger/epoch.ts';
import { decodeBundle } from './bundle.ts';
import { decodeEmployerBundle, EMPLOYER_BUNDLE_FORMAT } from './employer-bundle.ts';

const employerFile = z.looseObject({ format: z.literal(EMPLOYER_BUNDLE_FORMAT) });

/**
 * Reads whichever bundle a holder hands in, a person's or an employer's.
 * @throws bundle.malformed, bundle.inconsistent
 */
export function decodeAnyBundle(json: unknown): AccountOpening | EmployerOpening {
  return employerFile.safeParse(json).success ? decodeEmployerBundle(json) : decodeBundle(json);
}
