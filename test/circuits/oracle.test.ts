import { describe, expect, it } from 'vitest';
import { statementRegistry } from '../../src/statements/registry.ts';
import { edgesOf } from '../support/edges/edges.ts';
import { seededRandom } from '../support/random.ts';
import { ruleBench, statementBench } from '../support/statement-witness.ts';

/**
 * Every record against the rule's circuit; one in `SAMPLE` against the whole statement's too.
 * `npm run soundness` asks ten thousand of each; here the two most asked for get a thousand.
 */
const FEW_RECORDS = 150;
const MANY_RECORDS: Readonly<Record<string, number>> = {
  'coverage@1': 1000,
  'pension-eligibility@1': 1000,
};
const SAMPLE = 40;

describe.each(statementRegistry.all().map((statement) => ({ name: statement.name, statement })))(
  '$name',
  ({ name, statement }) => {
    const records = MANY_RECORDS[name] ?? FEW_RECORDS;
    it(`circuit and check agree on ${records} random records at N−1, N and N+1`, async () => {
      const bench = await statementBench(statement);
      const ruleAccepts = await ruleBench(statement);
      const edges = edgesOf[name];
      if (!edges) throw new Error(`${name} has no edges`);
      const random = seededRandom(`oracle ${name}`);
      const seen = { accepted: 0, refused: 0 };
      for (let i = 0; i < records; i++) {
        for (const [step, question] of edges(random).entries()) {
          const verdict = bench.oracle(question);
          const said = verdict.satisfied ? 'satisfied' : verdict.reason;
          seen[verdict.satisfied ? 'accepted' : 'refused']++;
          const agrees =
            ruleAccepts(question) === verdict.satisfied &&
            (i % SAMPLE > 0 || bench.accepts(question) === verdict.satisfied);
          if (!agrees)
            expect.fail(`record ${i}, step ${step}: check says ${said}, the circuit not`);
        }
      }
      // Both sides of the edge were really visited.
      expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(records / 4);
    }, 280_000);
  },
);
