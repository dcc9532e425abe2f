import { type MonthIndex, toMonthIndex } from '../../../src/core/month.ts';
import type { WordFields } from '../../../src/core/packed-word.ts';
import type { Account } from '../../../src/ledger/account.ts';
import {
  LEDGER_END,
  LEDGER_MONTHS,
  LEDGER_START,
  monthSetWords,
} from '../../../src/ledger/month-set.ts';
import { bestRuns, type RunChoice, type RunQuestion } from '../../../src/statements/best-runs.ts';
import { type CheckFacts, defineStatement } from '../../../src/statements/define-statement.ts';
import { earliestCoverage } from '../../../src/statements/earliest-coverage.ts';
import { runInputs, runSignals } from '../../../src/statements/run-signals.ts';

const params = {
  identityBefore: 12,
  /** Insurance index, 0 to 4. */
  insurance: 3,
  /** Months that must be paid in the window. */
  minMonths: 10,
  /** First and last month of the window, both included. */
  from: 12,
  to: 12,
  /** Months of them that may have been settled late; 1023 = any number. */
  maxLateMonths: 10,
  /** City (`cityOf`), 0 = anywhere. */
  region: 20,
  /** Packed credit code, 0 = anyone. */
  employer: 90,
} as const;

/** ≥ N months of one insurance in a window, ≤ K of them back-paid; optionally in one city, by one employer. */
export const statement = defineStatement({
  slug: 'coverage',
  version: 1,
  subject: 'account',
  params,
  ranges: {
    insurance: [0n, 4n],
    minMonths: [1n, BigInt(LEDGER_MONTHS)],
    from: [BigInt(LEDGER_START), BigInt(LEDGER_END)],
    to: [BigInt(LEDGER_START), BigInt(LEDGER_END)],
  },
  privateInputs: {
    paid: [4],
    late: [4],
    ...runInputs('region'),
    ...runInputs('employer'),
  },

  toSignals({ account }, asked) {
    const coverage = account.coverage[Number(asked.insurance)] ?? { paid: 0n, late: 0n };
    const choice = chooseRuns(account, asked);
    return {
      paid: monthSetWords(coverage.paid),
      late: monthSetWords(coverage.late),
      ...runSignals('region', account.regionRuns, choice?.region),
      ...runSignals('employer', account.employerRuns, choice?.employer),
    };
  },

  check(account, asked, epochMonth) {
    if (asked.to > BigInt(epochMonth)) {
      return {
        satisfied: false,
        reason: 'not-yet-closed',
        facts: { to: Number(asked.to), epochMonth },
      };
    }
    if (asked.from > asked.to) {
      return {
        satisfied: false,
        reason: 'empty-window',
        facts: { from: Number(asked.from), to: Number(asked.to) },
      };
    }
    const choice = chooseRuns(account, asked);
    const minMonths = Number(asked.minMonths);
    const maxLateMonths = Number(asked.maxLateMonths);
    const qualifiesFrom = () => earliestFact(account, asked, epochMonth);
    if (!choice) {
      return {
        satisfied: false,
        reason: 'nothing-there',
        facts: { minMonths, ...qualifiesFrom() },
      };
    }
    if (choice.lateMonths > maxLateMonths) {
      return {
        satisfied: false,
        reason: 'too-many-late',
        facts: { lateMonths: choice.lateMonths, maxLateMonths, ...qualifiesFrom() },
      };
    }
    if (choice.paidMonths < minMonths) {
      return {
        satisfied: false,
        reason: 'too-few-months',
        facts: {
          paidMonths: choice.paidMonths,
          minMonths,
          missingMonths: minMonths - choice.paidMonths,
          ...qualifiesFrom(),
        },
      };
    }
    return { satisfied: true };
  },
});

type Asked = WordFields<typeof params>;

function chooseRuns(account: Account, asked: Asked): RunChoice | undefined {
  const question = runQuestion(account, asked);
  return question && bestRuns(account.regionRuns, account.employerRuns, question);
}

/** `qualifiesFrom`: the first month in which the same could be shown, if all goes on being paid. */
function earliestFact(account: Account, asked: Asked, epochMonth: MonthIndex): CheckFacts {
  const question = runQuestion(account, asked);
  const minMonths = Number(asked.minMonths);
  const { regionRuns, employerRuns } = account;
  const month =
    question && earliestCoverage(regionRuns, employerRuns, { ...question, minMonths }, epochMonth);
  return month === undefined ? {} : { qualifiesFrom: month };
}

function runQuestion(account: Account, asked: Asked): RunQuestion | undefined {
  const insurance = Number(asked.insurance);
  const coverage = account.coverage[insurance];
  if (!coverage) return undefined;
  return {
    coverage,
    insurance,
    from: toMonthIndex(Number(asked.from)),
    to: toMonthIndex(Number(asked.to)),
    region: asked.region,
    employer: asked.employer,
    maxLateMonths: Number(asked.maxLateMonths),
  };
}
