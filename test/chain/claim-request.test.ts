import { describe, expect, test } from 'vitest';
import { benefitRules } from '../../src/chain/benefit-rules.ts';
import { claimRequest } from '../../src/chain/claim-request.ts';
import { type ClaimRule, claimNonce } from '../../src/chain/claim-rules.ts';
import { monthIndex } from '../../src/core/month.ts';
import { statementRegistry } from '../../src/statements/registry.ts';

const CONTRACT = `0x${'c1'.repeat(20)}` as const;
const DELIVER_TO = `0x${'d1'.repeat(32)}` as const;
const domain = { chainId: 31_337, verifyingContract: `0x${'e1'.repeat(20)}` } as const;
const [first, last] = [BigInt(monthIndex(2027, 1)), BigInt(monthIndex(2027, 12))];
const rules = benefitRules(statementRegistry, { year: 2027 });

function ask(number: number, name: string, open: Record<string, bigint>) {
  const statement = statementRegistry.get(name);
  if (!statement) throw new Error(`${name} expected`);
  return claimRequest({
    ...{ domain, contract: CONTRACT, number, statement, open, deliverTo: DELIVER_TO },
    ...{ rule: rules[number] as ClaimRule, expiresAt: 2_000_000_000 },
  });
}

describe('the request of a claim', () => {
  test('asks what the rule fixes and what it leaves open, for the contract, the rule and the holder', () => {
    expect(ask(2, 'unemployment-eligibility@1', { asOf: first, minBenefitMonths: 12n })).toEqual({
      ...{ domain, statement: 'unemployment-eligibility@1', expiresAt: 2_000_000_000 },
      audience: `eip155:31337:${CONTRACT}`,
      purpose: 'unemployment-claim-2027',
      nonce: claimNonce(2, DELIVER_TO),
      params: { identityBefore: first, asOf: first, minBenefitMonths: 12n },
    });
    const early = ask(1, 'pension-eligibility@1', { asOf: last, isEarlyAllowed: 0n });
    expect(early.params).toEqual({ identityBefore: first, asOf: last, isEarlyAllowed: 1n });
  });

  test.each<[string, Record<string, bigint>]>([
    ['nobody told', { asOf: first }],
    ['told too low', { asOf: first, minBenefitMonths: 0n }],
    ['told too high', { asOf: first, minBenefitMonths: 25n }],
    ['of another year', { asOf: first - 1n, minBenefitMonths: 12n }],
  ])('is none where a field is %s', (_, open) => {
    expect(() => ask(2, 'unemployment-eligibility@1', open)).toThrowError(
      expect.objectContaining({ code: 'chain.bad_value' }),
    );
  });
});
