import { toMonthIndex } from '../../../src/core/month.ts';
import type { Account } from '../../../src/ledger/account.ts';
import { LEDGER_END, LEDGER_START } from '../../../src/ledger/month-set.ts';
import { minimumMonths, retirementMonths } from '../../../src/statements/retirement.ts';
import { randomAccount } from '../accounts.ts';
import type { Random } from '../random.ts';
import type { Question } from '../statement-witness.ts';

/** A month at or beside the one that decides, and an account whose months are at the minimum, or one off. */
function edgeCase(random: Random): { account: Account; asOf: number; isEarlyAllowed: bigint } {
  const base = randomAccount(random);
  const { profile } = base;
  const months = retirementMonths({
    birthMonth: toMonthIndex(Number(profile.birthMonth)),
    retirementCategory: Number(profile.retirementCategory),
    scheme: Number(profile.scheme),
  });
  if (!months) throw new Error('random accounts keep to known categories');
  const isEarlyAllowed = BigInt(random.int(0, 1));
  const edge = isEarlyAllowed ? months.earliestMonth : months.statutoryMonth;
  // Later, the minimum is still that of the statutory month's year, not of the year asked.
  const later = months.statutoryMonth + random.int(12, 120);
  const asOf = random.pick([edge, edge, edge, edge + random.int(0, 60), later]) as number;
  const clamped = Math.min(Math.max(asOf, LEDGER_START + 400), LEDGER_END);
  const deciding = toMonthIndex(Math.min(clamped, months.statutoryMonth));
  const minimum = minimumMonths(deciding, Number(profile.scheme));
  const deemedMonths = BigInt(random.int(0, 1) * random.int(0, 100));
  // The last `minimum − deemed` months before asOf, all paid.
  const paid =
    ((1n << (BigInt(minimum) - deemedMonths)) - 1n) <<
    BigInt(clamped - LEDGER_START + 1 - minimum + Number(deemedMonths));
  const coverage = base.coverage.map((own, i) => (i === 0 ? { paid, late: own.late & paid } : own));
  return {
    account: { ...base, coverage, profile: { ...profile, deemedMonths } },
    asOf: clamped,
    isEarlyAllowed,
  };
}

/** The same account with a month of pension fewer, as many, or more, the month asked moved as well. */
function withMonths(account: Account, step: number): Account {
  const [pension, ...others] = account.coverage;
  const paid = pension?.paid ?? 0n;
  const lowest = paid & -paid;
  const changed = step === 0 ? paid : step < 0 ? paid ^ lowest : paid | (lowest >> 1n);
  return { ...account, coverage: [{ paid: changed, late: 0n }, ...others] };
}

/** Half the records move the months paid across the minimum, half the month asked across the age. */
export function pensionEdges(random: Random): Question[] {
  const { account, asOf, isEarlyAllowed } = edgeCase(random);
  const isByMonths = random.int(0, 1) === 0;
  return [-1, 0, 1].map((step) => ({
    record: isByMonths ? withMonths(account, step) : account,
    epochMonth: LEDGER_END,
    params: {
      identityBefore: 0n,
      asOf: BigInt(isByMonths ? asOf : Math.min(asOf + step, LEDGER_END)),
      isEarlyAllowed,
    },
  }));
}
