import type { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { poseidon } from '../core/poseidon.ts';
import { accountLeaf, accountParts } from '../ledger/account.ts';
import type { AccountOpening } from '../ledger/epoch.ts';
import { assertUnderRoot, encodeOpeningFields, hex } from './bundle-fields.ts';
import { BUNDLE_FORMAT, bundleSchema } from './bundle-format.ts';

/**
 * What a bureau hands a holder: the own record under a closed month, with its inclusion proof.
 * Private, but without any secret: nothing can be proven with it alone.
 */
export type HolderBundle = z.input<typeof bundleSchema>;

/** The versioned JSON form of an opening. */
export function encodeBundle(opening: AccountOpening): HolderBundle {
  const { account } = opening;
  const decimals = (fields: Readonly<Record<string, bigint>>) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));
  const placed = <T extends { readonly place: bigint }>(run: T) => ({
    ...run,
    place: String(run.place),
  });
  return {
    format: BUNDLE_FORMAT,
    ...encodeOpeningFields(opening),
    account: {
      profile: decimals(account.profile),
      benefits: decimals(account.benefits),
      coverage: account.coverage.map(({ paid, late }) => ({ paid: hex(paid), late: hex(late) })),
      regionRuns: account.regionRuns.map(placed),
      employerRuns: account.employerRuns.map(placed),
      months: account.months.map((entry) => ({ ...entry, employer: String(entry.employer) })),
    },
  };
}

/**
 * Reads a bundle and recomputes it up to the epoch root, so that whatever is shown or proven from
 * it is what the root commits to. Some 100 ms for a long record.
 * @throws bundle.malformed, bundle.inconsistent
 */
export function decodeBundle(json: unknown): AccountOpening {
  const parsed = bundleSchema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('bundle.malformed', { reason: firstIssue(parsed.error) });
  }
  const { format: _, ...opening } = parsed.data;
  const { account, epoch, holderCommitment, inclusion } = opening;
  const leaf = accountLeaf(accountParts(account, holderCommitment, poseidon), poseidon);
  assertUnderRoot(leaf, inclusion, epoch.accountsRoot, epoch);
  return opening;
}
