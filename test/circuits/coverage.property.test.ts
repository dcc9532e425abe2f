import { beforeAll, describe, expect, it } from 'vitest';
import { statement } from '../../circuits/statements/coverage/statement.ts';
import { toMonthIndex } from '../../src/core/month.ts';
import { LEDGER_END, LEDGER_START } from '../../src/ledger/month-set.ts';
import { bestRuns } from '../../src/statements/best-runs.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import type { Params } from '../../src/statements/statement-text.ts';
import { randomAccount } from '../support/accounts.ts';
import { seededRandom } from '../support/random.ts';
import { type StatementBench, statementBench } from '../support/statement-witness.ts';

/** Every one against the rule's circuit; one in SAMPLE against the whole statement's too. */
const ACCOUNTS = 1000;
const SAMPLE = 20;

let bench: StatementBench;
beforeAll(async () => {
  bench = await statementBench(statement as unknown as Statement);
});

describe('coverage@1', () => {
  it(`circuit and check agree on ${ACCOUNTS} random accounts at N−1, N and N+1`, () => {
    const random = seededRandom('coverage property');
    const seen = { accepted: 0, refused: 0 };
    for (let i = 0; i < ACCOUNTS; i++) {
      const account = randomAccount(random);
      const epochMonth = random.int(LEDGER_START, LEDGER_END);
      const to = random.int(LEDGER_START, epochMonth);
      const from = random.int(LEDGER_START, to);
      const insurance = random.int(0, 4);
      const place = (runs: readonly { place: bigint }[]) =>
        random.int(0, 2) === 0 && runs.length > 0 ? random.pick(runs).place : 0n;
      const region = place(account.regionRuns);
      const employer = place(account.employerRuns);
      const maxLateMonths = random.pick([1023, 1023, 200, 40]);
      const best = bestRuns(account.regionRuns, account.employerRuns, {
        coverage: account.coverage[insurance] ?? { paid: 0n, late: 0n },
        insurance,
        from: toMonthIndex(from),
        to: toMonthIndex(to),
        region,
        employer,
        maxLateMonths,
      });
      const exact = best?.paidMonths ?? 1;
      // A third of the time the late months are the edge instead.
      const lateEdge = random.int(0, 2) === 0 ? best?.lateMonths : undefined;
      for (const step of [-1, 0, 1]) {
        const params: Params = {
          identityBefore: 0n,
          insurance: BigInt(insurance),
          minMonths: BigInt(Math.max(lateEdge === undefined ? exact + step : 1, 1)),
          from: BigInt(from),
          to: BigInt(to),
          maxLateMonths: BigInt(
            Math.max(lateEdge === undefined ? maxLateMonths : lateEdge + step, 0),
          ),
          region,
          employer,
        };
        const question = { record: account, params, epochMonth };
        const { satisfied } = bench.oracle(question);
        seen[satisfied ? 'accepted' : 'refused']++;
        const isSampled = i % SAMPLE === 0;
        if (
          bench.ruleAccepts(question) !== satisfied ||
          (isSampled && bench.accepts(question) !== satisfied)
        ) {
          expect.fail(
            `account ${i}, step ${step}: check says ${satisfied}, the circuit the opposite`,
          );
        }
      }
    }
    // Both sides of the edge were really visited.
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(ACCOUNTS / 4);
  }, 280_000);
});
