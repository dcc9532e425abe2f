import { expect } from 'vitest';
import type { Statement } from '../../src/statements/define-statement.ts';
import { edgesOf } from './edges/edges.ts';
import { seededRandom } from './random.ts';
import { askOracle, ruleBench, statementBench } from './statement-witness.ts';

/** One record in so many is put to the whole statement's circuit too. */
const SAMPLE = 50;

/**
 * Asks circuit and `check` about random records one step short of an edge of the rule, at it, and
 * one step over. Every question goes to the rule's circuit. `npm run soundness` asks far more.
 */
export async function holdAgainstOracle(statement: Statement, records: number): Promise<void> {
  const { name } = statement;
  const bench = await statementBench(statement);
  const ruleAccepts = await ruleBench(statement);
  const edges = edgesOf[name];
  if (!edges) throw new Error(`${name} has no edges`);
  const random = seededRandom(`oracle ${name}`);
  const seen = { accepted: 0, refused: 0 };
  for (let i = 0; i < records; i++) {
    for (const [step, question] of edges(random).entries()) {
      const verdict = askOracle(statement, question);
      const said = verdict.satisfied ? 'satisfied' : verdict.reason;
      seen[verdict.satisfied ? 'accepted' : 'refused']++;
      const agrees =
        ruleAccepts(question) === verdict.satisfied &&
        (i % SAMPLE > 0 || bench.accepts(question) === verdict.satisfied);
      if (!agrees) expect.fail(`record ${i}, step ${step}: check says ${said}, the circuit not`);
    }
  }
  // Both sides of the edge were really visited.
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(records / 4);
}
