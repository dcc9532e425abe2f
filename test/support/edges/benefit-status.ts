import { randomAccount } from '../accounts.ts';
import type { Random } from '../random.ts';
import type { Question } from '../statement-witness.ts';

/** Benefits that begin or end in the month before the ledger's, in it, and after it. */
export function benefitStatusEdges(random: Random): Question[] {
  const account = randomAccount(random);
  const epochMonth = random.int(1, 4094);
  const params = {
    identityBefore: 0n,
    benefit: BigInt(random.int(0, 2)),
    isReceiving: BigInt(random.int(0, 1)),
  };
  const other = (): number => random.pick([0, random.int(1, 4095)]);
  const isPension = random.int(0, 1) === 0;
  const rest = other();
  return [-1, 0, 1].map((step) => ({
    record: {
      ...account,
      benefits: {
        ...account.benefits,
        pensionSince: BigInt(isPension ? epochMonth + step : rest),
        lastUnemploymentClaimEnd: BigInt(isPension ? rest : epochMonth + step),
      },
    },
    epochMonth,
    params,
  }));
}
