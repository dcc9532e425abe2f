import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toFen } from '../../src/core/money.ts';
import { addMonths, type MonthIndex, monthIndex, parseMonth } from '../../src/core/month.ts';
import { type AccountInput, buildAccount } from '../../src/ledger/build/build-account.ts';
import { buildRuns, type PaidMonth } from '../../src/ledger/build/build-runs.ts';
import { packCreditCode, parseCreditCode } from '../../src/ledger/employer.ts';
import { hasMonth, LEDGER_END, LEDGER_START } from '../../src/ledger/month-set.ts';
import { type ContributionRecord, unknownFacts } from '../../src/ledger/record.ts';
import { parseRegion } from '../../src/ledger/region.ts';
import { MAX_RUNS, type Run } from '../../src/ledger/runs.ts';
import { employers } from './stores.ts';

const [siming, huli, gulou] = ['350203', '350206', '350102'].map(parseRegion) as [
  ContributionRecord['region'],
  ContributionRecord['region'],
  ContributionRecord['region'],
];
const [first, second] = employers.map(parseCreditCode) as [
  ReturnType<typeof parseCreditCode>,
  ReturnType<typeof parseCreditCode>,
];

const record = (changes: Partial<ContributionRecord> = {}): ContributionRecord => ({
  insurance: 0,
  month: parseMonth('2026-01'),
  settled: changes.paid === false ? null : (changes.month ?? parseMonth('2026-01')),
  baseFen: toFen(500_000),
  region: siming,
  employer: first,
  category: 0,
  paid: true,
  ...changes,
});

const END = parseMonth('2026-10');
const build = (records: readonly ContributionRecord[], asOf = END, identityMonth = 0) =>
  buildAccount({ records, facts: unknownFacts, identityMonth }, asOf);
const at = (text: string) => parseMonth(text);

describe('an account', () => {
  it('covers the months paid in full; late ones were settled after they were owed', () => {
    const { coverage } = build([
      record({ month: at('2026-01') }),
      record({ month: at('2026-02'), settled: at('2026-04') }),
      record({ month: at('2026-03'), paid: false }),
      record({ month: at('2026-04'), settled: at('2026-03') }),
    ]);
    const paid = [1, 2, 3, 4].map((m) => hasMonth(coverage[0]?.paid ?? 0n, monthIndex(2026, m)));
    const late = [1, 2, 3, 4].map((m) => hasMonth(coverage[0]?.late ?? 0n, monthIndex(2026, m)));
    expect(paid).toEqual([true, true, false, true]);
    expect(late).toEqual([false, true, false, false]);
  });

  it('knows nothing owed after its month or outside the ledger', () => {
    const edges = [LEDGER_START, LEDGER_END, addMonths(LEDGER_END, 1), addMonths(LEDGER_START, -1)];
    const months = edges.map((month) => record({ month }));
    expect(build(months, addMonths(LEDGER_END, 5)).months.map(({ month }) => month)).toEqual([
      LEDGER_START,
      LEDGER_END,
    ]);
    const account = build([record({ month: END }), record({ month: addMonths(END, 1) })]);
    expect(account.months).toHaveLength(1);
    expect(account.regionRuns).toMatchObject([{ to: END }]);
  });

  it('takes a month’s base and place from the pension record, or the lowest insurance there is', () => {
    const medical = record({ insurance: 1, baseFen: toFen(1), region: huli, employer: second });
    const injury = record({ insurance: 3, baseFen: toFen(2), category: 1, employer: null });
    expect(build([injury, record({ paid: false }), medical]).months).toEqual([
      {
        month: at('2026-01'),
        baseFen: 500_000,
        paidMask: 0b01010,
        lateMask: 0,
        category: 0,
        region: 350203,
        employer: packCreditCode(first),
      },
    ]);
    expect(build([injury, medical]).months).toMatchObject([{ baseFen: 1, region: 350206 }]);
  });

  it('does not depend on the order of its records', () => {
    const records = fc.array(arbitraryRecord, { maxLength: 40 });
    fc.assert(
      fc.property(
        records.chain((some) =>
          fc.tuple(fc.constant(some), fc.shuffledSubarray(some, { minLength: some.length })),
        ),
        ([some, shuffled]) => {
          const unique = uniqueByKey(some);
          expect(build(shuffled.filter((one) => unique.includes(one)))).toEqual(build(unique));
        },
      ),
    );
  });
});

describe('runs', () => {
  it('are of cities: a move between districts does not end one, a gap neither, a month elsewhere does', () => {
    const { regionRuns } = build([
      record({ month: at('2025-01') }),
      record({ month: at('2025-05'), region: huli }),
      record({ month: at('2025-06'), region: gulou }),
      record({ month: at('2025-07') }),
    ]);
    expect(regionRuns).toEqual([
      { place: 350200n, insuranceMask: 1, from: at('2025-01'), to: at('2025-05') },
      { place: 350100n, insuranceMask: 1, from: at('2025-06'), to: at('2025-06') },
      { place: 350200n, insuranceMask: 1, from: at('2025-07'), to: at('2025-07') },
    ]);
  });

  it('of one place with the same ends are one run of several insurances', () => {
    const months = ['2025-01', '2025-02', '2025-03'].map(at);
    const records = months.flatMap((month) =>
      [0, 1, 4].map((insurance) => record({ month, insurance })),
    );
    const extra = record({ month: at('2025-04'), insurance: 1 });
    expect(build([...records, extra]).employerRuns).toMatchObject([
      { insuranceMask: 0b10001, from: months[0], to: months[2] },
      { insuranceMask: 0b00010, from: months[0], to: at('2025-04') },
    ]);
  });

  it('of employers end with a flexible month, which makes no run itself', () => {
    const { employerRuns, regionRuns } = build([
      record({ month: at('2025-01') }),
      record({ month: at('2025-02'), employer: null, category: 1 }),
      record({ month: at('2025-03') }),
    ]);
    expect(employerRuns.map(({ from, to }) => [from, to])).toEqual([
      [at('2025-01'), at('2025-01')],
      [at('2025-03'), at('2025-03')],
    ]);
    expect(regionRuns).toHaveLength(1);
  });

  it('ignore unpaid months, even elsewhere', () => {
    const { employerRuns } = build([
      record({ month: at('2025-01') }),
      record({ month: at('2025-02'), employer: second, paid: false }),
      record({ month: at('2025-03') }),
    ]);
    expect(employerRuns).toMatchObject([{ from: at('2025-01'), to: at('2025-03') }]);
  });

  it('keep the 64 that end last', () => {
    const months = Array.from({ length: 200 }, (_, i) => addMonths(at('2005-01'), i));
    const runs = buildRuns(
      months.map((month, i) => ({ month, insurance: 0, place: BigInt(1 + (i % 2)) })),
    );
    expect(runs.map(({ from }) => from)).toEqual(months.slice(-MAX_RUNS));
  });

  it('are the ones the definition names', () => {
    fc.assert(
      fc.property(arbitraryPaid, (paid) => {
        expect(normal(buildRuns(paid))).toEqual(normal(runsByDefinition(paid)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('coverage, months and runs', () => {
  it('tell the same story', () => {
    fc.assert(
      fc.property(fc.array(arbitraryRecord, { maxLength: 60 }), (some) => {
        const records = uniqueByKey(some);
        const account = build(records);
        for (const { month, insurance, paid, settled, region } of records) {
          const { paid: paidSet, late: lateSet } = account.coverage[insurance] ?? {
            paid: 0n,
            late: 0n,
          };
          const late = paid && settled !== null && settled > month;
          const entry = account.months.find((one) => one.month === month);
          expect(hasMonth(paidSet, month)).toBe(paid);
          expect(hasMonth(lateSet, month)).toBe(late);
          expect(((entry?.paidMask ?? 0) >> insurance) & 1).toBe(paid ? 1 : 0);
          expect(((entry?.lateMask ?? 0) >> insurance) & 1).toBe(late ? 1 : 0);
          const inRun = account.regionRuns.filter(
            (run) => (run.insuranceMask >> insurance) & 1 && run.from <= month && month <= run.to,
          );
          if (paid)
            expect(inRun.map(({ place }) => place)).toEqual([
              BigInt(Math.floor(region / 100) * 100),
            ]);
        }
        for (const { paid, late } of account.coverage) expect(late & ~paid).toBe(0n);
      }),
    );
  });
});

const arbitraryMonth = fc.integer({ min: 0, max: 30 }).map((i) => addMonths(at('2024-01'), i));

const arbitraryRecord: fc.Arbitrary<ContributionRecord> = fc
  .record({
    insurance: fc.integer({ min: 0, max: 4 }),
    month: arbitraryMonth,
    delay: fc.constantFrom(0, 0, 0, 2),
    region: fc.constantFrom(siming, huli, gulou),
    employer: fc.constantFrom(first, second, null),
    paid: fc.boolean(),
  })
  .map(({ delay, ...rest }) =>
    record({ ...rest, settled: rest.paid ? addMonths(rest.month, delay) : null }),
  );

function uniqueByKey(records: readonly ContributionRecord[]): ContributionRecord[] {
  return [...new Map(records.map((one) => [`${one.month}/${one.insurance}`, one])).values()];
}

const arbitraryPaid: fc.Arbitrary<PaidMonth[]> = fc.uniqueArray(
  fc.record({
    month: arbitraryMonth,
    insurance: fc.integer({ min: 0, max: 2 }),
    place: fc.constantFrom(1n, 2n, 3n, null),
  }),
  { maxLength: 40, selector: ({ month, insurance }) => `${month}/${insurance}` },
);

/**
 * By the words: for every place and insurance every pair of paid months [from, to] with no paid
 * month of the insurance elsewhere between, that no other such pair contains.
 */
function runsByDefinition(paid: readonly PaidMonth[]): Run[] {
  const runs = new Map<string, Run>();
  for (const place of [1n, 2n, 3n]) {
    for (const insurance of [0, 1, 2, 3, 4]) {
      const all = paid.filter((one) => one.insurance === insurance);
      const here = all.filter((one) => one.place === place).map(({ month }) => month);
      const unbroken = (from: MonthIndex, to: MonthIndex) =>
        !all.some((one) => one.place !== place && from <= one.month && one.month <= to);
      const spans = here.flatMap((from) =>
        here.filter((to) => from <= to && unbroken(from, to)).map((to) => ({ from, to })),
      );
      for (const { from, to } of spans) {
        const inner = spans.some(
          (o) => o.from <= from && to <= o.to && (o.from < from || to < o.to),
        );
        if (inner) continue;
        const key = `${place}/${from}/${to}`;
        const insuranceMask = (runs.get(key)?.insuranceMask ?? 0) | (1 << insurance);
        runs.set(key, { place, insuranceMask, from, to });
      }
    }
  }
  return [...runs.values()];
}

function normal(runs: readonly Run[]): string[] {
  return runs.map((run) => `${run.from} ${run.to} ${run.place} ${run.insuranceMask}`).sort();
}

it('the profile carries facts and the month of enrolment', () => {
  const facts: AccountInput['facts'] = {
    ...unknownFacts,
    birthMonth: 760,
    sex: 1,
    deemedMonths: 1023,
  };
  const { profile } = buildAccount({ records: [], facts, identityMonth: 1500 }, END);
  expect(profile).toMatchObject({
    birthMonth: 760n,
    sex: 1n,
    deemedMonths: 1023n,
    identityMonth: 1500n,
  });
});
