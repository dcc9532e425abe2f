import { toMonthIndex } from '../../../src/core/month.ts';
import { HEAD_COUNT_MONTHS } from '../../../src/ledger/employer-account.ts';
import {
  countMonths,
  LEDGER_END,
  LEDGER_START,
  monthSetWords,
} from '../../../src/ledger/month-set.ts';
import { defineStatement } from '../../../src/statements/define-statement.ts';

/** Paid in full every month of a window, with at least so many people, and nothing owed if asked. */
export const statement = defineStatement({
  slug: 'employer-standing',
  version: 1,
  subject: 'employer',
  params: {
    identityBefore: 12,
    /** Packed credit code, 0 = undisclosed. */
    employer: 90,
    /** First and last month of the window, both included. */
    from: 12,
    to: 12,
    /** Insured people in every month, 0 = not asked; needs a window within 24 months of the ledger's. */
    minPeople: 16,
    /** 1: nothing may be owed. */
    isArrearsFree: 1,
  },
  ranges: {
    from: [BigInt(LEDGER_START), BigInt(LEDGER_END)],
    to: [BigInt(LEDGER_START), BigInt(LEDGER_END)],
  },
  privateInputs: { paidInFullWords: [4] },

  toSignals({ employer }) {
    return { paidInFullWords: monthSetWords(employer.paidInFull) };
  },

  check(employer, asked, epochMonth) {
    const from = toMonthIndex(Number(asked.from));
    const to = toMonthIndex(Number(asked.to));
    const minPeople = Number(asked.minPeople);
    if (asked.employer !== 0n && asked.employer !== employer.creditCode) {
      return { satisfied: false, reason: 'another-employer', facts: {} };
    }
    if (to > epochMonth) {
      return { satisfied: false, reason: 'not-yet-closed', facts: { to, epochMonth } };
    }
    if (from > to) return { satisfied: false, reason: 'empty-window', facts: { from, to } };
    const paidMonths = countMonths(employer.paidInFull, from, to);
    const months = to - from + 1;
    if (paidMonths < months) {
      return {
        satisfied: false,
        reason: 'not-paid-in-full',
        facts: { paidMonths, months, missingMonths: months - paidMonths },
      };
    }
    if (minPeople > 0) {
      const earliest = epochMonth - HEAD_COUNT_MONTHS + 1;
      if (from < earliest) {
        return { satisfied: false, reason: 'counts-too-old', facts: { from, earliest } };
      }
      const counts = employer.headCounts.slice(epochMonth - to, epochMonth - from + 1);
      const people = Math.min(...counts);
      if (people < minPeople) {
        return { satisfied: false, reason: 'too-few-people', facts: { people, minPeople } };
      }
    }
    if (asked.isArrearsFree === 1n && employer.unpaidMonths > 0) {
      return {
        satisfied: false,
        reason: 'arrears',
        facts: { unpaidMonths: employer.unpaidMonths },
      };
    }
    return { satisfied: true };
  },
});
