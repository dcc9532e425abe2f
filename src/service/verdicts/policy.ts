import { z } from 'zod';

const LONGEST_STALENESS_DAYS = 3660;

/** What of freshness and repetition a verifier accepts. */
export const policyBody = z.strictObject({
  maxStalenessDays: z.number().min(0).max(LONGEST_STALENESS_DAYS).exactOptional().meta({
    description: 'Days a ledger counts after a newer one replaced it; default 35',
  }),
  acceptCorrected: z.boolean().exactOptional().meta({
    description: 'Whether a ledger counts that was corrected since',
  }),
  once: z.boolean().exactOptional().meta({
    description: 'Whether a holder counts only once for the audience and purpose',
  }),
});

export type VerdictPolicy = Readonly<z.output<typeof policyBody>>;
