import { toFen } from '../../../../src/core/money.ts';
import type { WordLayout } from '../../../../src/core/packed-word.ts';
import {
  type Account,
  benefitsLayout,
  type MonthEntry,
  profileLayout,
} from '../../../../src/ledger/account.ts';
import { insurances } from '../../../../src/ledger/insurance.ts';
import { LEDGER_END, LEDGER_MONTHS, LEDGER_START } from '../../../../src/ledger/month-set.ts';
import { MAX_RUNS, type Run } from '../../../../src/ledger/runs.ts';
import { type Coordinate, numberCoordinate } from '../coordinate.ts';
import type { Question } from '../question.ts';

type AccountQuestion = Question<Account>;
type AccountCoordinate = Coordinate<Account>;

const ALL_MONTHS = (1n << BigInt(LEDGER_MONTHS)) - 1n;

/** Everything in an account that a statement could depend on. */
export const accountCoordinates: readonly AccountCoordinate[] = [
  ...wordCoordinates('profile', profileLayout),
  ...wordCoordinates('benefits', benefitsLayout),
  ...insurances.flatMap((_, index) => coverageCoordinates(index)),
  runCoordinate('regionRuns'),
  runCoordinate('employerRuns'),
  monthsCoordinate(),
];

function wordCoordinates(word: 'profile' | 'benefits', layout: WordLayout): AccountCoordinate[] {
  const fieldsOf = ({ record }: AccountQuestion) =>
    record[word] as Readonly<Record<string, bigint>>;
  return Object.entries(layout).map(([field, bits]) =>
    numberCoordinate(`${word}.${field}`, {
      min: 0n,
      max: (1n << BigInt(bits)) - 1n,
      get: (question) => fieldsOf(question)[field] ?? 0n,
      set: (question, value) =>
        withRecord(question, { [word]: { ...fieldsOf(question), [field]: value } }),
    }),
  );
}

/** Months paid, and months of them late: `late` stays a subset. */
function coverageCoordinates(index: number): AccountCoordinate[] {
  const set = (question: AccountQuestion, paid: bigint, late: bigint) => {
    const coverage = question.record.coverage.map((old, at) =>
      at === index ? { paid, late: late & paid } : old,
    );
    return withRecord(question, { coverage });
  };
  const own = ({ record }: AccountQuestion) => record.coverage[index] ?? { paid: 0n, late: 0n };
  const firstAndLast = [1n, 1n << BigInt(LEDGER_MONTHS - 1)];
  return [
    {
      name: `coverage[${index}].paid`,
      extremes: [0n, ALL_MONTHS, ...firstAndLast].map(
        (paid) => (question: AccountQuestion) => set(question, paid, own(question).late),
      ),
      vary: (question, donor) =>
        set(question, donor.coverage[index]?.paid ?? 0n, donor.coverage[index]?.late ?? 0n),
    },
    {
      name: `coverage[${index}].late`,
      extremes: [0n, ALL_MONTHS].map(
        (late) => (question: AccountQuestion) => set(question, own(question).paid, late),
      ),
      vary: (question, _, random) => set(question, own(question).paid, random.bits(LEDGER_MONTHS)),
    },
  ];
}

/** No runs; a full tree whose last are the account's own; the own ones as long as can be. */
function runCoordinate(kind: 'regionRuns' | 'employerRuns'): AccountCoordinate {
  const whole = { insuranceMask: 31, from: LEDGER_START, to: LEDGER_END };
  const filler: Run = { place: 999_999n, ...whole };
  const extremes: ((runs: readonly Run[]) => readonly Run[])[] = [
    () => [],
    (runs) => [...Array.from({ length: MAX_RUNS - runs.length }, () => filler), ...runs],
    (runs) => runs.map((run) => ({ ...run, ...whole })),
  ];
  return {
    name: kind,
    extremes: extremes.map(
      (change) => (question: AccountQuestion) =>
        withRecord(question, { [kind]: change(question.record[kind]) }),
    ),
    vary: (question, donor) => withRecord(question, { [kind]: donor[kind] }),
  };
}

/** The months of the ledger: none, or the account's own with everything in them least or greatest. */
function monthsCoordinate(): AccountCoordinate {
  const greatest = { ...{ paidMask: 31, lateMask: 31, category: 7 }, region: 2 ** 20 - 1 };
  const extremes: ((entry: MonthEntry) => MonthEntry)[] = [
    (entry) => ({ ...entry, baseFen: toFen(0), lateMask: 0, category: 0, region: 0, employer: 0n }),
    (entry) => ({
      ...entry,
      ...greatest,
      baseFen: toFen(2 ** 32 - 1),
      employer: (1n << 90n) - 1n,
    }),
    (entry) => ({ ...entry, paidMask: 31 }),
  ];
  return {
    name: 'months',
    extremes: [
      (question) => withRecord(question, { months: [] }),
      ...extremes.map(
        (change) => (question: AccountQuestion) =>
          withRecord(question, { months: question.record.months.map(change) }),
      ),
    ],
    vary: (question, donor) => withRecord(question, { months: donor.months }),
  };
}

function withRecord(question: AccountQuestion, changes: Partial<Account>): AccountQuestion {
  return { ...question, record: { ...question.record, ...changes } };
}
