import { describe, expect, it } from 'vitest';
import { statement as base } from '../../circuits/statements/contribution-base/statement.ts';
import { text as baseText } from '../../circuits/statements/contribution-base/text.ts';
import { statement as coverage } from '../../circuits/statements/coverage/statement.ts';
import { text as coverageText } from '../../circuits/statements/coverage/text.ts';
import { statement as pension } from '../../circuits/statements/pension-eligibility/statement.ts';
import { text as pensionText } from '../../circuits/statements/pension-eligibility/text.ts';
import { statement as unemployment } from '../../circuits/statements/unemployment-eligibility/statement.ts';
import { text as unemploymentText } from '../../circuits/statements/unemployment-eligibility/text.ts';
import { formatMonth, type MonthIndex, parseMonth, toMonthIndex } from '../../src/core/month.ts';
import type { Account } from '../../src/ledger/account.ts';
import { LEDGER_END, LEDGER_START, monthBit } from '../../src/ledger/month-set.ts';
import type { Run } from '../../src/ledger/runs.ts';
import type { CheckResult } from '../../src/statements/define-statement.ts';
import { type AccountSpec, accountOf, randomAccount, specValue } from '../support/accounts.ts';
import { type Random, seededRandom } from '../support/random.ts';

const refused = (result: CheckResult) => {
  if (result.satisfied) throw new Error('it is satisfied');
  const { qualifiesFrom } = result.facts;
  const earliest =
    qualifiesFrom === undefined ? undefined : formatMonth(toMonthIndex(qualifiesFrom));
  return { ...result, earliest };
};

const EPOCH = '2026-10';

describe('coverage', () => {
  const check = (
    spec: AccountSpec,
    asked: Readonly<Record<'from' | 'to', string>> &
      Readonly<Partial<Record<'minMonths' | 'region' | 'maxLateMonths', number>>>,
  ) =>
    refused(
      coverage.check(
        accountOf(spec),
        {
          ...{ identityBefore: 0n, insurance: 0n, employer: 0n },
          minMonths: BigInt(asked.minMonths ?? 1),
          from: specValue(asked.from),
          to: specValue(asked.to),
          region: BigInt(asked.region ?? 0),
          maxLateMonths: BigInt(asked.maxLateMonths ?? 1023),
        },
        parseMonth(EPOCH),
      ),
    );
  const total = { from: '1990-01', to: EPOCH };
  const here = (from: string, to: string) => ({
    place: 350_200,
    insurances: ['pension'] as const,
    months: [from, to] as const,
  });

  it('in all: as many months on as are missing, and says so', () => {
    const result = check(
      { paid: { pension: [['2012-12', '2026-10']] } },
      { ...total, minMonths: 180 },
    );
    expect(result).toMatchObject({
      reason: 'too-few-months',
      facts: { paidMonths: 167, minMonths: 180, missingMonths: 13 },
      earliest: '2027-11',
    });
    expect(coverageText.whyNot(result.reason, result.facts, 'en')).toBe(
      '167 of 180 months; 13 missing; earliest 2027-11, if every month from now on is paid when due.',
    );
    expect(coverageText.whyNot(result.reason, result.facts, 'zh')).toBe(
      '需要180个月，已有167个月，还差13个月；若今后每月按时缴费，最早2027年11月可满足。',
    );
  });

  it.each<[string, AccountSpec, Parameters<typeof check>[1], string | undefined]>([
    [
      'a window without a gap: from the last gap on',
      {
        paid: {
          pension: [
            ['2020-01', '2025-03'],
            ['2025-05', '2026-10'],
          ],
        },
      },
      { from: '2021-11', to: EPOCH, minMonths: 60 },
      '2030-04',
    ],
    ['nothing ever paid', {}, { from: '2024-11', to: EPOCH, minMonths: 24 }, '2028-10'],
    [
      'a window that ended before the ledger: what was paid since counts',
      { paid: { pension: [['2020-02', '2026-10']] } },
      { from: '2020-01', to: '2020-12', minMonths: 12 },
      '2021-01',
    ],
    [
      'back-paid months leave a moving window',
      { paid: { pension: [['2019-01', '2026-10']] }, late: { pension: [['2020-01', '2020-07']] } },
      { from: '2019-01', to: '2025-12', minMonths: 84, maxLateMonths: 5 },
      '2027-02',
    ],
    [
      'but not a growing one',
      { paid: { pension: [['2019-01', '2026-10']] }, late: { pension: [['2020-01', '2020-07']] } },
      { from: '2019-01', to: EPOCH, minMonths: 84, maxLateMonths: 5 },
      undefined,
    ],
    [
      'the city’s run goes on',
      {
        paid: { pension: [['2018-01', '2026-10']] },
        regionRuns: [here('2024-01', '2026-10')],
      },
      { from: '2021-11', to: EPOCH, minMonths: 60, region: 350_200 },
      '2028-12',
    ],
    [
      'left the city: it begins anew',
      {
        paid: { pension: [['2018-01', '2026-10']] },
        regionRuns: [here('2018-01', '2020-12')],
      },
      { from: '2024-11', to: EPOCH, minMonths: 24, region: 350_200 },
      '2028-10',
    ],
    [
      'never in the city',
      { paid: { pension: [['2018-01', '2026-10']] } },
      { from: '2024-11', to: EPOCH, minMonths: 24, region: 350_200 },
      '2028-10',
    ],
    ['more months than the ledger will have', {}, { ...total, minMonths: 600 }, undefined],
  ])('%s', (_, spec, asked, earliest) => {
    expect(check(spec, asked).earliest).toBe(earliest);
  });

  /** The record as it will be in `month`: every month after the epoch's paid, in the same places. */
  function grown(account: Account, insurance: number, epoch: number, month: number): Account {
    let added = 0n;
    for (let next = epoch + 1; next <= month; next++) added |= monthBit(toMonthIndex(next));
    const closed = (1n << BigInt(epoch - LEDGER_START + 1)) - 1n;
    const own = account.coverage[insurance] ?? { paid: 0n, late: 0n };
    const longer = (runs: readonly Run[]) =>
      runs.map((run) => (run.to === epoch ? { ...run, to: toMonthIndex(month) } : run));
    return {
      ...account,
      coverage: account.coverage.with(insurance, {
        paid: (own.paid & closed) | added,
        late: own.late & closed,
      }),
      regionRuns: longer(account.regionRuns),
      employerRuns: longer(account.employerRuns),
    };
  }

  it('is the first month in which the predicate itself holds, on random records', () => {
    const random: Random = seededRandom('earliest coverage');
    let named = 0;
    for (let i = 0; i < 300; i++) {
      const epoch = random.int(LEDGER_START + 60, LEDGER_END - 40);
      const insurance = random.int(0, 4);
      const account = grown(randomAccount(random), insurance, epoch, epoch);
      const to = random.pick([epoch, epoch - random.int(0, 30)]);
      const from = random.int(Math.max(LEDGER_START, to - 80), to);
      const length = to - from + 1;
      const isMoving = random.int(0, 1) === 0;
      const minMonths = isMoving ? length : random.int(1, length + 20);
      const params = {
        ...{ identityBefore: 0n, region: 0n, employer: 0n },
        insurance: BigInt(insurance),
        minMonths: BigInt(minMonths),
        from: BigInt(from),
        to: BigInt(to),
        maxLateMonths: random.pick([1023n, 30n, 5n]),
      };
      const result = coverage.check(account, params, epoch as MonthIndex);
      if (result.satisfied) continue;
      const holdsIn = (month: number) =>
        coverage.check(
          grown(account, insurance, epoch, month),
          {
            ...params,
            to: BigInt(month),
            from: BigInt(minMonths === length ? month - minMonths + 1 : from),
          },
          toMonthIndex(Math.max(month, epoch)),
        ).satisfied;
      let first: number | undefined;
      for (let month = to + 1; month <= LEDGER_END && first === undefined; month++) {
        if (holdsIn(month)) first = month;
      }
      expect(result.facts.qualifiesFrom, `record ${i}`).toBe(first);
      if (first !== undefined) named++;
    }
    expect(named).toBeGreaterThan(60);
  }, 120_000);
});

describe('pension', () => {
  const check = (spec: AccountSpec, asOf: string, isEarlyAllowed = 0n) =>
    refused(
      pension.check(
        accountOf(spec),
        { identityBefore: 0n, asOf: specValue(asOf), isEarlyAllowed },
        parseMonth(EPOCH),
      ),
    );
  const man = (birthMonth: string, first: string): AccountSpec => ({
    profile: { birthMonth, sex: 1, retirementCategory: 0 },
    paid: { pension: [[first, '2026-10']] },
  });

  it('old enough, months short', () => {
    const result = check(man('1964-08', '2012-12'), EPOCH);
    expect(result).toMatchObject({
      reason: 'too-few-months',
      facts: { totalMonths: 167, minMonths: 180, missingMonths: 13 },
      earliest: '2027-11',
    });
    expect(pensionText.whyNot(result.reason, result.facts, 'en')).toContain(
      '167 of 180 months; 13 missing; earliest 2027-11',
    );
    expect(pensionText.whyNot(result.reason, result.facts, 'zh')).toContain('最早2027年11月');
  });

  it('too young, months enough by then', () => {
    // 60 in 2027-05, n = 29, 8 months later.
    const result = check(man('1967-05', '2005-01'), EPOCH);
    expect(result).toMatchObject({ reason: 'too-young', earliest: '2028-01' });
  });

  it('the minimum that rises is that of the statutory month, and the month waits for it', () => {
    // 60 in 2031-01, n = 73, 19 months later: 2032-08, when 198 are needed; begun 2020-01.
    const result = check(man('1971-01', '2020-01'), EPOCH);
    expect(result.earliest).toBe('2036-06');
    expect(result.facts.neededMonth).toBe(parseMonth('2032-08'));
  });

  it('early: the year chosen decides, so an earlier month needs fewer', () => {
    // Early from 2031-01 with 192 in 2031; 2015-06 to 2031-05 are 192.
    expect(check(man('1971-01', '2015-06'), EPOCH, 1n).earliest).toBe('2031-05');
    expect(check(man('1971-01', '2015-06'), EPOCH, 0n).earliest).toBe('2032-08');
  });
});

describe('contribution base', () => {
  const check = (spec: AccountSpec, months: bigint) =>
    refused(
      base.check(
        accountOf(spec),
        {
          ...{ identityBefore: 0n, insurance: 0n, months },
          ...{ minBaseFen: 0n, maxBaseFen: 2n ** 32n - 1n },
        },
        parseMonth(EPOCH),
      ),
    );

  it.each<[string, NonNullable<AccountSpec['months']>, string]>([
    [
      'a gap: twelve after it',
      [
        ['2025-01', '2026-04', 5000, ['pension']],
        ['2026-06', '2026-10', 5000, ['pension']],
      ],
      '2027-05',
    ],
    ['not paid this month', [['2020-01', '2026-09', 5000, ['pension']]], '2027-10'],
    ['paid, but another insurance', [['2020-01', '2026-10', 5000, ['medical']]], '2027-10'],
    ['nothing', [], '2027-10'],
  ])('%s', (_, months, earliest) => {
    const result = check({ months }, 12n);
    expect(result).toMatchObject({ reason: 'not-every-month', earliest });
    expect(baseText.whyNot(result.reason, result.facts, 'en')).toContain(`earliest ${earliest}`);
  });
});

describe('unemployment', () => {
  it.each([
    [20, 18n, 60, 40],
    [61, 24n, 120, 59],
    [3, 12n, 12, 9],
  ])('%i months paid, %i of benefit asked', (paid, minBenefitMonths, minMonths, missingMonths) => {
    const account = accountOf({
      benefits: { lastTermination: '2026-10', lastTerminationReason: 1 },
    });
    const at = parseMonth(EPOCH);
    const set = ((1n << BigInt(paid)) - 1n) << BigInt(at - LEDGER_START + 1 - paid);
    const result = refused(
      unemployment.check(
        { ...account, coverage: account.coverage.with(2, { paid: set, late: 0n }) },
        { identityBefore: 0n, asOf: BigInt(at), minBenefitMonths },
        at,
      ),
    );
    expect(result.facts).toMatchObject({ minMonths, missingMonths });
    expect(unemploymentText.whyNot(result.reason, result.facts, 'en')).toContain(
      `${missingMonths} missing`,
    );
    expect(unemploymentText.whyNot(result.reason, result.facts, 'zh')).toContain(
      `还差${missingMonths}个月`,
    );
  });
});
