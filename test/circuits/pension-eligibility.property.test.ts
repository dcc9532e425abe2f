import { beforeAll, describe, expect, it } from 'vitest';
import { statement } from '../../circuits/statements/pension-eligibility/statement.ts';
import { toMonthIndex } from '../../src/core/month.ts';
import type { Account } from '../../src/ledger/account.ts';
import { LEDGER_END, LEDGER_START } from '../../src/ledger/month-set.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import { minimumMonths, retirementMonths } from '../../src/statements/retirement.ts';
import { randomAccount } from '../support/accounts.ts';
import { type Random, seededRandom } from '../support/random.ts';
import { type StatementBench, statementBench } from '../support/statement-witness.ts';

/** Every one against the rule's circuit; one in SAMPLE against the whole statement's too. */
const ACCOUNTS = 1000;
const SAMPLE = 20;

let bench: StatementBench;
beforeAll(async () => {
  bench = await statementBench(statement as unknown as Statement);
});

/** A month at or beside the one that decides, and an account whose months are at the minimum, or one off. */
function edgeCase(random: Random): { account: Account; asOf: number; isEarlyAllowed: bigint } {
  const base = randomAccount(random);
  const { profile } = base;
  const months = retirementMonths({
    birthMonth: toMonthIndex(Number(profile.birthMonth)),
    retirementCategory: Number(profile.retirementCategory),
    scheme: Number(profile.scheme),
  });
  if (!months) throw new Error('random accounts keep to known categories');
  const isEarlyAllowed = BigInt(random.int(0, 1));
  const edge = isEarlyAllowed ? months.earliestMonth : months.statutoryMonth;
  const asOf = random.pick([edge, edge, edge + random.int(0, 60)]) as number;
  const clamped = Math.min(Math.max(asOf, LEDGER_START + 400), LEDGER_END);
  const deciding = toMonthIndex(Math.min(clamped, months.statutoryMonth));
  const minimum = minimumMonths(deciding, Number(profile.scheme));
  const deemedMonths = BigInt(random.int(0, 1) * random.int(0, 100));
  // The last `minimum − deemed` months before asOf, all paid.
  const paid =
    ((1n << (BigInt(minimum) - deemedMonths)) - 1n) <<
    BigInt(clamped - LEDGER_START + 1 - minimum + Number(deemedMonths));
  const coverage = base.coverage.map((own, i) => (i === 0 ? { paid, late: own.late & paid } : own));
  return {
    account: { ...base, coverage, profile: { ...profile, deemedMonths } },
    asOf: clamped,
    isEarlyAllowed,
  };
}

/** The same account with a month of pension fewer, as many, or more, the month asked moved as well. */
function withMonths(account: Account, step: number): Account {
  const [pension, ...others] = account.coverage;
  const paid = pension?.paid ?? 0n;
  const lowest = paid & -paid;
  const changed = step === 0 ? paid : step < 0 ? paid ^ lowest : paid | (lowest >> 1n);
  return { ...account, coverage: [{ paid: changed, late: 0n }, ...others] };
}

describe('pension-eligibility@1', () => {
  it(`circuit and check agree on ${ACCOUNTS} random accounts at N−1, N and N+1`, () => {
    const random = seededRandom('pension property');
    const seen: Record<string, number> = {};
    for (let i = 0; i < ACCOUNTS; i++) {
      const { account, asOf, isEarlyAllowed } = edgeCase(random);
      // Half the accounts move the months paid across the minimum, half the month across the age.
      const moves = i % 2 === 0 ? 'months' : 'age';
      for (const step of [-1, 0, 1]) {
        const question = {
          record: moves === 'months' ? withMonths(account, step) : account,
          params: {
            identityBefore: 0n,
            asOf: BigInt(moves === 'age' ? Math.min(asOf + step, LEDGER_END) : asOf),
            isEarlyAllowed,
          },
          epochMonth: LEDGER_END,
        };
        const verdict = bench.oracle(question);
        const reason = verdict.satisfied ? 'satisfied' : verdict.reason;
        seen[reason] = (seen[reason] ?? 0) + 1;
        const isSampled = i % SAMPLE === 0;
        if (
          bench.ruleAccepts(question) !== verdict.satisfied ||
          (isSampled && bench.accepts(question) !== verdict.satisfied)
        ) {
          expect.fail(
            `account ${i}, ${moves} ${step}: check says ${reason}, the circuit the opposite`,
          );
        }
      }
    }
    expect(seen.satisfied).toBeGreaterThan(ACCOUNTS / 2);
    expect(seen['too-young']).toBeGreaterThan(ACCOUNTS / 10);
    expect(seen['too-few-months']).toBeGreaterThan(ACCOUNTS / 10);
  }, 280_000);
});
