import { expect, test } from 'vitest';
import { monthIndex } from '../../src/core/month.ts';
import { checkRequest, notSatisfied, refusalOf } from '../../src/prove/check-request.ts';
import { sampleOpening } from '../support/presentation.ts';
import { coverageStatement, sampleParams, sampleRequest } from '../support/request.ts';

const statement = coverageStatement();
const check = (change: Partial<Record<keyof typeof sampleParams, bigint>>) =>
  checkRequest(sampleRequest({ params: { ...sampleParams, ...change } }), sampleOpening, statement);

test('the statement decides, with its own reason', () => {
  expect(check({})).toEqual({ satisfied: true });
  expect(check({ minMonths: 25n })).toEqual({
    satisfied: false,
    reason: 'too-few-months',
    facts: {
      ...{ paidMonths: 24, minMonths: 25, missingMonths: 1 },
      qualifiesFrom: monthIndex(2026, 10),
    },
  });
});

test('a key enrolled in the month named, or later, is too new; any key will do for 0', () => {
  const enrolled = sampleOpening.account.profile.identityMonth;
  expect(check({ identityBefore: enrolled + 1n })).toEqual({ satisfied: true });
  expect(check({ identityBefore: 0n })).toEqual({ satisfied: true });
  for (const identityBefore of [enrolled, enrolled - 1n, 1n]) {
    expect(check({ identityBefore })).toEqual({
      satisfied: false,
      reason: 'identity',
      facts: { identityMonth: Number(enrolled), identityBefore: Number(identityBefore) },
    });
  }
});

test('the error tells the reason; the facts about the record stay out of its message', () => {
  const refusal = {
    satisfied: false,
    reason: 'too-few-months',
    facts: { paidMonths: 24 },
  } as const;
  const error = notSatisfied(statement, refusal);
  expect(error.code).toBe('statement.not_satisfied');
  expect(refusalOf(error)).toEqual(refusal);
  expect(JSON.stringify([error.message, error.facts])).not.toContain('24');
  expect(refusalOf(new Error('x'))).toBeUndefined();
});
