import { LEDGER_END, LEDGER_START } from '../../../src/ledger/month-set.ts';
import { randomAccount } from '../accounts.ts';
import type { Random } from '../random.ts';
import type { Question } from '../statement-witness.ts';

/** Months paid that decide: any benefit, five years, ten years. */
const TIERS = [12, 60, 120];

/** An account at a tier, one month off either way; or asked a month beside the end of its employment. */
export function unemploymentEdges(random: Random): Question[] {
  const account = randomAccount(random);
  const epochMonth = random.int(LEDGER_START + 400, LEDGER_END);
  const asOf = random.int(LEDGER_START + 300, epochMonth);
  const ended = asOf - random.int(0, 3);
  const tier = random.pick(TIERS);
  const claimEnd = random.int(0, 1) * (ended - tier - random.int(0, 12));
  const minBenefitMonths = random.pick([12, 13, 18, 19, 24, random.int(1, 24)]);
  const isByMonths = random.int(0, 2) > 0;
  return [-1, 0, 1].map((step) => {
    const count = isByMonths ? tier + step : tier;
    const last = ended - LEDGER_START;
    // `count` months that end with the employment, and earlier ones before the last claim.
    const recent = ((1n << BigInt(count)) - 1n) << BigInt(last - count + 1);
    const earlier = claimEnd === 0 ? 0n : random.bits(Math.max(claimEnd - LEDGER_START + 1, 0));
    const after = random.int(0, 9) === 0 ? 1n << BigInt(last + 1) : 0n;
    const paid = (recent | earlier | after) & ((1n << 768n) - 1n);
    return {
      record: {
        ...account,
        benefits: {
          ...account.benefits,
          lastTermination: BigInt(ended),
          lastTerminationReason: random.int(0, 9) === 0 ? BigInt(random.int(0, 7)) : 1n,
          lastUnemploymentClaimEnd: BigInt(claimEnd),
        },
        coverage: account.coverage.map((own, i) => (i === 2 ? { paid, late: 0n } : own)),
      },
      epochMonth,
      params: {
        identityBefore: 0n,
        asOf: BigInt(Math.min(isByMonths ? asOf : ended + step, LEDGER_END)),
        minBenefitMonths: BigInt(minBenefitMonths),
      },
    };
  });
}
