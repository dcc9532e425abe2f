import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRequest } from '../../src/request/presentation-request.ts';
import { joinClaims } from '../../web/src/wallet/answer/narrowing/month-claims.ts';
import { narrowingsOf, type Shown } from '../../web/src/wallet/answer/narrowing.ts';
import { NOW, sampleParams, sampleRequest } from '../support/request.ts';
import { statementOf } from '../support/request-set.ts';

const MANY = 100_000;

const base = (
  min: bigint,
  max: bigint,
  change: { audience?: string; month?: number; at?: number } = {},
): Shown => ({
  request: createRequest({
    ...sampleRequest(),
    statement: statementOf('contribution-base@1'),
    params: { identityBefore: 0n, months: 6n, insurance: 0n, minBaseFen: min, maxBaseFen: max },
    ...(change.audience && { audience: change.audience }),
  }),
  month: change.month ?? 1521,
  at: change.at ?? NOW,
});
const coverage = (change: Partial<Record<keyof typeof sampleParams, bigint>>, at = NOW): Shown => ({
  request: sampleRequest({ params: { ...sampleParams, ...change } }),
  month: 1521,
  at,
});

describe('bands of the base', () => {
  const now = base(500_000n, 900_000n);

  test('two that overlap are told as what they say together', () => {
    const earlier = base(300_000n, 600_000n, { at: NOW - 1000 });
    expect(narrowingsOf([now], [earlier], MANY)).toEqual([
      {
        kind: 'again',
        request: now.request,
        earlier: [earlier],
        together: { kind: 'base', minFen: 500_000n, maxFen: 600_000n, isExact: true },
      },
    ]);
  });

  test('of another month they are told as not exact', () => {
    const [found] = narrowingsOf([now], [base(300_000n, 600_000n, { month: 1520 })], MANY);
    expect(found).toMatchObject({ together: { isExact: false } });
  });

  test('one that says nothing new, or contradicts, narrows nothing, and is told all the same', () => {
    for (const other of [base(100_000n, 990_000n), base(1_000_000n, 2_000_000n)]) {
      expect(narrowingsOf([now], [other], MANY)).toMatchObject([{ together: { kind: 'each' } }]);
    }
  });

  test('another asker, or the same band again, is no matter', () => {
    const elsewhere = base(300_000n, 600_000n, { audience: 'https://other.example' });
    expect(narrowingsOf([now], [elsewhere, base(500_000n, 900_000n)], MANY)).toEqual([]);
  });

  test('a band that is the base itself is told though nobody asked before', () => {
    expect(narrowingsOf([base(650_000n, 660_000n)], [], MANY)).toMatchObject([{ kind: 'band' }]);
    expect(narrowingsOf([base(650_000n, 2n ** 32n - 1n)], [], MANY)).toEqual([]);
  });
});

describe('months', () => {
  test('thresholds of one window: the highest, once', () => {
    const now = coverage({ minMonths: 10n });
    const earlier = [coverage({ minMonths: 6n }, NOW - 9), coverage({ minMonths: 8n }, NOW - 5)];
    const [found] = narrowingsOf([now], earlier, MANY);
    expect(found).toMatchObject({
      earlier: [{ at: NOW - 5 }, { at: NOW - 9 }],
      together: { kind: 'months', claims: [{ months: 10 }] },
    });
  });

  test('a window within another tells more than it says', () => {
    // 20 of 24 months, so at least 8 of the last 12.
    expect(
      joinClaims([
        { from: 12n, to: 23n, minMonths: 3n },
        { from: 0n, to: 23n, minMonths: 20n },
      ]),
    ).toEqual([{ from: 0, to: 23, months: 20 }]);
    // 12 of the last 12 and 20 of all 24.
    expect(
      joinClaims([
        { from: 12n, to: 23n, minMonths: 12n },
        { from: 0n, to: 23n, minMonths: 20n },
      ]),
    ).toEqual([
      { from: 0, to: 23, months: 20 },
      { from: 12, to: 23, months: 12 },
    ]);
  });

  test('whatever was asked: true of every record that all answers are true of', () => {
    const claim = fc
      .tuple(fc.nat({ max: 11 }), fc.nat({ max: 11 }), fc.nat({ max: 12 }))
      .map(([a, b, n]) => ({ from: Math.min(a, b), to: Math.max(a, b), months: n }));
    const paid = fc.array(fc.boolean(), { minLength: 12, maxLength: 12 });
    const count = (months: boolean[], from: number, to: number) =>
      months.slice(from, to + 1).filter(Boolean).length;
    fc.assert(
      fc.property(paid, fc.array(claim, { minLength: 1, maxLength: 4 }), (months, windows) => {
        const asked = windows.map(({ from, to, months: n }) => ({
          from: BigInt(from),
          to: BigInt(to),
          minMonths: BigInt(Math.min(n, count(months, from, to))),
        }));
        const together = joinClaims(asked);
        expect(together.length).toBeGreaterThan(0);
        for (const { from, to, months: n } of together) {
          expect(n).toBeLessThanOrEqual(count(months, from, to));
        }
      }),
      { numRuns: 500 },
    );
  });

  test('another insurance, city or employer is another question', () => {
    const now = coverage({});
    const others = [
      coverage({ insurance: 1n }),
      coverage({ region: 0n }),
      coverage({ employer: 5n }),
    ];
    expect(narrowingsOf([now], others, MANY)).toEqual([]);
  });
});

test('few accounts are told; where they are not known, nothing is', () => {
  expect(narrowingsOf([coverage({})], [], 99)).toEqual([{ kind: 'few', accounts: 99 }]);
  expect(narrowingsOf([coverage({})], [], 100)).toEqual([]);
  expect(narrowingsOf([coverage({})], [], undefined)).toEqual([]);
});
