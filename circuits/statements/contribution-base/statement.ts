import type { Fr } from '../../../src/core/field.ts';
import { toFr } from '../../../src/core/field.ts';
import { poseidon } from '../../../src/core/poseidon.ts';
import { ledgerHead, type MonthEntry, monthWord } from '../../../src/ledger/account.ts';
import { LEDGER_END } from '../../../src/ledger/month-set.ts';
import { type CheckFacts, defineStatement } from '../../../src/statements/define-statement.ts';

/** Slots of the circuit: the most months an average may be over. */
const SLOTS = 12;

/** The last `count` entries if they are the last `count` calendar months up to the epoch's. */
function lastMonths(
  months: readonly MonthEntry[],
  count: number,
  epochMonth: number,
): readonly MonthEntry[] | undefined {
  const last = months.slice(-count);
  const isUnbroken =
    last.length === count && last.every((entry, i) => entry.month === epochMonth - count + 1 + i);
  return isUnbroken ? last : undefined;
}

/** The average base of the last K ≤ 12 months, each paid, lies in [lo, hi]. */
export const statement = defineStatement({
  slug: 'contribution-base',
  version: 1,
  subject: 'account',
  params: {
    identityBefore: 12,
    /** K: months the average is over, up to the month of the ledger. */
    months: 4,
    /** Insurance index, 0 to 4. */
    insurance: 3,
    /** Average a month in fen, both included. */
    minBaseFen: 32,
    maxBaseFen: 32,
  },
  ranges: { months: [1n, BigInt(SLOTS)], insurance: [0n, 4n] },
  privateInputs: { previousHead: [], monthWords: [SLOTS] },

  toSignals({ account }, asked) {
    const count = Math.min(Number(asked.months), account.months.length);
    const split = account.months.length - count;
    const idle: Fr[] = Array.from({ length: SLOTS - count }, () => toFr(0n));
    return {
      previousHead: ledgerHead(account.months.slice(0, split), poseidon),
      monthWords: [...idle, ...account.months.slice(split).map(monthWord)],
    };
  },

  check(account, asked, epochMonth) {
    const months = Number(asked.months);
    const last = lastMonths(account.months, months, epochMonth);
    const bit = 1 << Number(asked.insurance);
    const paidMonths = account.months.filter(
      (entry) => entry.month > epochMonth - months && (entry.paidMask & bit) !== 0,
    ).length;
    if (!last || paidMonths < months) {
      return {
        satisfied: false,
        reason: 'not-every-month',
        facts: {
          months,
          paidMonths,
          missingMonths: months - paidMonths,
          epochMonth,
          ...earliestFact(account.months, bit, months, epochMonth),
        },
      };
    }
    const totalFen = last.reduce((sum, entry) => sum + BigInt(entry.baseFen), 0n);
    const averageFen = Number(totalFen) / months;
    const facts = {
      averageFen,
      minBaseFen: Number(asked.minBaseFen),
      maxBaseFen: Number(asked.maxBaseFen),
    };
    if (totalFen < asked.minBaseFen * asked.months) {
      return { satisfied: false, reason: 'base-too-low', facts };
    }
    if (totalFen > asked.maxBaseFen * asked.months) {
      return { satisfied: false, reason: 'base-too-high', facts };
    }
    return { satisfied: true };
  },
});

/** `qualifiesFrom`: the first month with `count` paid in a row, if every month after the ledger's is. */
function earliestFact(
  months: readonly MonthEntry[],
  bit: number,
  count: number,
  epochMonth: number,
): CheckFacts {
  const closed = months.filter(({ month }) => month <= epochMonth);
  let inRow = 0;
  while (isPaid(closed.at(-1 - inRow), epochMonth - inRow, bit)) inRow++;
  const qualifiesFrom = epochMonth + Math.max(count - inRow, 1);
  return qualifiesFrom > LEDGER_END ? {} : { qualifiesFrom };
}

function isPaid(entry: MonthEntry | undefined, month: number, bit: number): boolean {
  return entry?.month === month && (entry.paidMask & bit) !== 0;
}
