import { toMonthIndex } from '../../../src/core/month.ts';
import {
  countMonths,
  isLedgerMonth,
  LEDGER_END,
  LEDGER_START,
  monthSetWords,
} from '../../../src/ledger/month-set.ts';
import { defineStatement } from '../../../src/statements/define-statement.ts';

/** Insurance index of unemployment insurance. */
const UNEMPLOYMENT = 2;
/** `lastTerminationReason`: dismissed, or the contract not renewed by the employer. */
const AGAINST_THE_WILL = 1n;
const MIN_PAID_MONTHS = 12;

/** Months of benefit for months paid: Social Insurance Law, art. 46. */
function benefitMonths(paidMonths: number): number {
  return 12 + (paidMonths >= 60 ? 6 : 0) + (paidMonths >= 120 ? 6 : 0);
}

/** Months paid that give at least so many months of benefit: the inverse of {@link benefitMonths}. */
function monthsFor(benefit: number): number {
  if (benefit <= 12) return MIN_PAID_MONTHS;
  return benefit <= 18 ? 60 : 120;
}

/** ≥ 12 months paid since the last claim, ended against the person's will, and at least the benefit asked. */
export const statement = defineStatement({
  slug: 'unemployment-eligibility',
  version: 1,
  subject: 'account',
  params: {
    identityBefore: 12,
    /** The month in which the holder must be eligible. */
    asOf: 12,
    /** Months of benefit the holder may claim at least. */
    minBenefitMonths: 5,
  },
  ranges: {
    asOf: [BigInt(LEDGER_START), BigInt(LEDGER_END)],
    minBenefitMonths: [1n, 24n],
  },
  privateInputs: { paid: [4], late: [4] },

  toSignals({ account }) {
    const own = account.coverage[UNEMPLOYMENT] ?? { paid: 0n, late: 0n };
    return { paid: monthSetWords(own.paid), late: monthSetWords(own.late) };
  },

  check(account, asked, epochMonth) {
    const asOf = toMonthIndex(Number(asked.asOf));
    if (asOf > epochMonth) {
      return { satisfied: false, reason: 'not-yet-closed', facts: { to: asOf, epochMonth } };
    }
    const { lastTermination, lastTerminationReason, lastUnemploymentClaimEnd } = account.benefits;
    const terminated = toMonthIndex(Number(lastTermination));
    if (lastTerminationReason !== AGAINST_THE_WILL) {
      return { satisfied: false, reason: 'not-against-the-will', facts: {} };
    }
    if (terminated > asOf || !isLedgerMonth(terminated)) {
      return { satisfied: false, reason: 'still-employed', facts: { asOf } };
    }
    const paid = account.coverage[UNEMPLOYMENT]?.paid ?? 0n;
    if (countMonths(paid, toMonthIndex(terminated + 1), asOf) > 0) {
      return { satisfied: false, reason: 'still-employed', facts: { asOf } };
    }
    const afterClaim = Math.min(Number(lastUnemploymentClaimEnd) + 1, LEDGER_END + 1);
    const since = toMonthIndex(Math.max(afterClaim, LEDGER_START));
    const paidMonths = countMonths(paid, since, asOf);
    if (paidMonths < MIN_PAID_MONTHS) {
      return {
        satisfied: false,
        reason: 'too-few-months',
        facts: {
          paidMonths,
          minMonths: MIN_PAID_MONTHS,
          missingMonths: MIN_PAID_MONTHS - paidMonths,
        },
      };
    }
    const minBenefitMonths = Number(asked.minBenefitMonths);
    if (benefitMonths(paidMonths) < minBenefitMonths) {
      return {
        satisfied: false,
        reason: 'benefit-too-short',
        facts: {
          paidMonths,
          benefitMonths: benefitMonths(paidMonths),
          minBenefitMonths,
          minMonths: monthsFor(minBenefitMonths),
          missingMonths: monthsFor(minBenefitMonths) - paidMonths,
        },
      };
    }
    return { satisfied: true };
  },
});
