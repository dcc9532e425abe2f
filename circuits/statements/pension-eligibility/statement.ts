import { type MonthIndex, toMonthIndex } from '../../../src/core/month.ts';
import type { Account } from '../../../src/ledger/account.ts';
import {
  countMonths,
  LEDGER_END,
  LEDGER_START,
  monthSetWords,
} from '../../../src/ledger/month-set.ts';
import { type CheckFacts, defineStatement } from '../../../src/statements/define-statement.ts';
import { monthCounts } from '../../../src/statements/month-counts.ts';
import {
  minimumMonths,
  type RetirementMonths,
  retirementMonths,
} from '../../../src/statements/retirement.ts';

/** Insurance index of pension insurance. */
const PENSION = 0;

/** Retirement age reached, statutory or flexible early, with the minimum months of the year that applies. */
export const statement = defineStatement({
  slug: 'pension-eligibility',
  version: 1,
  subject: 'account',
  params: {
    identityBefore: 12,
    /** The month in which the holder must be eligible. */
    asOf: 12,
    /** 1: flexible early retirement counts too. */
    isEarlyAllowed: 1,
  },
  ranges: { asOf: [BigInt(LEDGER_START), BigInt(LEDGER_END)] },
  privateInputs: { paid: [4], late: [4] },

  toSignals({ account }) {
    const pension = account.coverage[PENSION] ?? { paid: 0n, late: 0n };
    return { paid: monthSetWords(pension.paid), late: monthSetWords(pension.late) };
  },

  check(account, asked, epochMonth) {
    const asOf = toMonthIndex(Number(asked.asOf));
    if (asOf > epochMonth) {
      return { satisfied: false, reason: 'not-yet-closed', facts: { to: asOf, epochMonth } };
    }
    const { profile } = account;
    const birthMonth = toMonthIndex(Number(profile.birthMonth));
    if (birthMonth === 0) return { satisfied: false, reason: 'unknown-birth', facts: {} };
    const scheme = Number(profile.scheme);
    const months = retirementMonths({
      birthMonth,
      scheme,
      retirementCategory: Number(profile.retirementCategory),
    });
    if (!months) return { satisfied: false, reason: 'unknown-category', facts: {} };

    const needed = asked.isEarlyAllowed === 1n ? months.earliestMonth : months.statutoryMonth;
    const deciding = toMonthIndex(Math.min(asOf, months.statutoryMonth));
    const paidMonths = countMonths(account.coverage[PENSION]?.paid ?? 0n, LEDGER_START, asOf);
    const totalMonths = paidMonths + Number(profile.deemedMonths);
    const minMonths = minimumMonths(deciding, scheme);
    const facts = {
      totalMonths,
      minMonths,
      missingMonths: Math.max(minMonths - totalMonths, 0),
      asOf,
      statutoryMonth: months.statutoryMonth,
      earliestMonth: months.earliestMonth,
      neededMonth: needed,
      ...earliestFact(account, months, { needed, asOf, epochMonth }),
    };
    if (asOf < needed) return { satisfied: false, reason: 'too-young', facts };
    if (totalMonths < minMonths) return { satisfied: false, reason: 'too-few-months', facts };
    return { satisfied: true };
  },
});

/**
 * `qualifiesFrom`: the first month after `asOf` that has both age and the minimum of its year, if
 * every month after the ledger's is paid. The minimum rises, so missing months alone do not tell.
 */
function earliestFact(
  { coverage, profile }: Account,
  { statutoryMonth }: RetirementMonths,
  { needed, asOf, epochMonth }: Record<'needed' | 'asOf' | 'epochMonth', MonthIndex>,
): CheckFacts {
  const paid = monthCounts(coverage[PENSION]?.paid ?? 0n, epochMonth, true);
  for (let month = Math.max(asOf + 1, needed); month <= LEDGER_END; month++) {
    const deciding = toMonthIndex(Math.min(month, statutoryMonth));
    const totalMonths = paid(LEDGER_START, month) + Number(profile.deemedMonths);
    if (totalMonths >= minimumMonths(deciding, Number(profile.scheme))) {
      return { qualifiesFrom: month };
    }
  }
  return {};
}
