import { statementModule } from '../../../src/statements/registry.ts';
import { edgesOf } from '../../../test/support/edges/edges.ts';
import { seededRandom } from '../../../test/support/random.ts';
import { ruleBench, statementBench } from '../../../test/support/statement-witness.ts';
import type { Check, CheckContext, CheckResult, Finding } from '../check.ts';

const FULL = { records: 10_000, wholeEvery: 50 };
const QUICK = { records: 20, wholeEvery: 10 };

/** Circuit and plain TypeScript, held against each other at the edges of every rule. */
export const oracleCheck: Check = {
  name: 'oracle',
  claim:
    'Random records a statement, each asked one step short of an edge of its rule, at it, and one step over: the circuit accepts exactly what the plain TypeScript `check` says. Every question goes to the circuit of the rule, a share of them to the whole statement.',
  unit: 'questions',
  async *run(context) {
    for (const name of context.statements) yield holdAgainstOracle(context, name);
  },
};

async function holdAgainstOracle(context: CheckContext, name: string): Promise<CheckResult> {
  const { records, wholeEvery } = context.isQuick ? QUICK : FULL;
  const { statement } = statementModule(name);
  const bench = await statementBench(statement);
  const ruleAccepts = await ruleBench(statement);
  const edges = edgesOf[name];
  if (!edges) throw new Error(`${name} has no edges in test/support/edges`);
  const random = seededRandom(`${context.seed} oracle ${name}`);
  const survivors: Finding[] = [];
  const figures = { records, accepted: 0, refused: 0, wholeCircuit: 0 };
  let tried = 0;
  for (let i = 0; i < records; i++) {
    for (const [step, question] of edges(random).entries()) {
      tried++;
      const verdict = bench.oracle(question);
      figures[verdict.satisfied ? 'accepted' : 'refused']++;
      const said = verdict.satisfied ? 'satisfied' : verdict.reason;
      const at = `record ${i}, step ${step - 1}`;
      if (ruleAccepts(question) !== verdict.satisfied) {
        survivors.push({ where: 'rule', what: `check says ${said}, the rule the opposite`, at });
      }
      if (i % wholeEvery > 0) continue;
      figures.wholeCircuit++;
      if (bench.accepts(question) !== verdict.satisfied) {
        survivors.push({
          where: 'statement',
          what: `check says ${said}, the circuit the opposite`,
          at,
        });
      }
    }
    if (i % 100 === 0) context.progress(`${name}: oracle`, i / records);
  }
  return { check: 'oracle', statement: name, tried, figures, answered: [], survivors };
}
