import type { MonthIndex } from '../../../../src/core/month.ts';
import { type EmployerAccount, MAX_HEAD_COUNT } from '../../../../src/ledger/employer-account.ts';
import { LEDGER_MONTHS } from '../../../../src/ledger/month-set.ts';
import { type Coordinate, numberCoordinate } from '../coordinate.ts';
import type { Question } from '../question.ts';

type EmployerQuestion = Question<EmployerAccount>;

const ALL_MONTHS = (1n << BigInt(LEDGER_MONTHS)) - 1n;
const CREDIT_CODE_BITS = 90n;
const LAST_MONTH = 4095n;
/** The leaf gives it a whole field element; nobody owes more months than this. */
const MOST_UNPAID = 2n ** 32n - 1n;

/** Everything in an employer's leaf that a statement could depend on. */
export const employerCoordinates: readonly Coordinate<EmployerAccount>[] = [
  numberCoordinate('creditCode', {
    min: 0n,
    max: (1n << CREDIT_CODE_BITS) - 1n,
    get: ({ record }) => record.creditCode,
    set: (question, creditCode) => withRecord(question, { creditCode }),
  }),
  numberCoordinate('identityMonth', {
    min: 0n,
    max: LAST_MONTH,
    get: ({ record }) => BigInt(record.identityMonth),
    set: (question, value) => withRecord(question, { identityMonth: Number(value) as MonthIndex }),
  }),
  numberCoordinate('unpaidMonths', {
    min: 0n,
    max: MOST_UNPAID,
    get: ({ record }) => BigInt(record.unpaidMonths),
    set: (question, value) => withRecord(question, { unpaidMonths: Number(value) }),
  }),
  {
    name: 'paidInFull',
    extremes: [0n, ALL_MONTHS].map(
      (paidInFull) => (question: EmployerQuestion) => withRecord(question, { paidInFull }),
    ),
    vary: (question, { paidInFull }) => withRecord(question, { paidInFull }),
  },
  {
    name: 'headCounts',
    extremes: [0, 1, MAX_HEAD_COUNT].map(
      (people) => (question: EmployerQuestion) =>
        withRecord(question, { headCounts: question.record.headCounts.map(() => people) }),
    ),
    vary: (question, { headCounts }) => withRecord(question, { headCounts }),
  },
];

function withRecord(
  question: EmployerQuestion,
  changes: Partial<EmployerAccount>,
): EmployerQuestion {
  return { ...question, record: { ...question.record, ...changes } };
}
