import { toScope } from '../../../src/core/brands.ts';
import { statementModule } from '../../../src/statements/registry.ts';
import { edgesOf } from '../../../test/support/edges/edges.ts';
import { seededRandom } from '../../../test/support/random.ts';
import { statementBench } from '../../../test/support/statement-witness.ts';
import { vectorsOf } from '../../../test/support/vectors.ts';
import type { Check, CheckContext, Finding } from '../check.ts';
import type { Circuit } from '../circuit/circuit.ts';
import { accepts } from '../domain/accepts.ts';
import { domainCheck } from '../domain/domain-check.ts';
import { attempts } from '../forged/forged-check.ts';
import { jacobianCheck } from '../jacobian/jacobian-check.ts';
import { keepsHintRule } from '../lint/unconstrained.ts';
import { mutationCheck } from '../mutation/mutation-check.ts';
import { spread } from '../spread.ts';
import { probeComparators } from './compare-probes.ts';
import { type PlantedBug, readBugs, withPlanted } from './planted-circuit.ts';

/** Bugs of a quick run, drawn from the seed. */
const QUICK_BUGS = 2;
/** Honest cases a patched circuit is tried with. */
const WITNESSES = 16;
/** Records asked at the edges of the rule. */
const EDGE_RECORDS = 40;

/** Bugs on purpose: a suite that finds none of them proves nothing. */
export const plantedCheck: Check = {
  name: 'planted',
  claim:
    'Small patches to the circuits, each taking one defence out. The suite runs on each patched circuit until something notices. A survivor is a bug that nothing noticed.',
  unit: 'bugs',
  answers: () => Object.keys(harmless),
  async *run(context) {
    const all = (await readBugs()).filter(
      ({ name, statement }) => context.statements.includes(statement) && name.includes(context.bug),
    );
    const bugs = context.isQuick ? sample(all, context) : all;
    const survivors: Finding[] = [];
    const figures: Record<string, number> = { killed: 0 };
    for (const [at, bug] of bugs.entries()) {
      context.progress(`planted: ${bug.name}`, at / bugs.length);
      const killer = await killerOf(bug, context);
      process.stderr.write(`  ${bug.name}: ${killer ?? 'SURVIVES'}\n`);
      if (killer === undefined) {
        survivors.push({ where: bug.name, what: 'noticed by nothing', at: bug.file });
        continue;
      }
      const by = `by${killer.charAt(0).toUpperCase()}${killer.slice(1)}`;
      figures[by] = (figures[by] ?? 0) + 1;
      figures.killed = (figures.killed ?? 0) + 1;
    }
    yield { check: 'planted', statement: 'all', tried: bugs.length, figures, ...judge(survivors) };
  },
};

/** Bugs that change nothing an attacker can use, each with its proof. */
const harmless: Readonly<Record<string, string>> = {
  'holder-signature: the nonce point need not be on the curve':
    'BabyAdd determines R8 + Q (Q = h·8A) for any two pairs of numbers: a coordinate could be free only where d·γ² = 1 or a·d·(x₁x₂)² = 1, and d and a·d are no squares (`test/soundness/nonce-point.test.ts`). The sum must equal s·B8, so it lies on the curve. As a function of Q on the curve that condition has degree 8, and at Q = (0, 1) it reads “R8 is on the curve”; so for an R8 that is not, at most 32 Q of 2^251 meet it (Bézout), and h is a hash over R8: nobody finds one, the holder included. The check stays, for three constraints, so that nothing rests on this.',
};

function judge(found: readonly Finding[]) {
  const isHarmless = ({ where }: Finding) => harmless[where] !== undefined;
  return {
    survivors: found.filter((finding) => !isHarmless(finding)),
    answered: found
      .filter(isHarmless)
      .map(({ where }) => ({ where, times: 1, reason: harmless[where] ?? '' })),
  };
}

function sample(bugs: readonly PlantedBug[], { seed }: CheckContext): PlantedBug[] {
  const random = seededRandom(`${seed} planted`);
  return Array.from({ length: Math.min(QUICK_BUGS, bugs.length) }, () => random.pick(bugs));
}

/** Which part of the suite notices the bug, the cheapest asked first. */
async function killerOf(bug: PlantedBug, context: CheckContext): Promise<string | undefined> {
  return withPlanted(bug, async ({ source, libraries, compile }) => {
    if (bug.file.startsWith('lib/compare/') && (await probeComparators(libraries)).length > 0) {
      return 'comparators';
    }
    const circuit = await compile();
    if (!circuit) return 'compiler';
    const killer = await killerOfCircuit(bug, circuit, context);
    return killer ?? (keepsHintRule(bug.file, source) ? undefined : 'lint');
  });
}

async function killerOfCircuit(
  bug: PlantedBug,
  circuit: Circuit,
  context: CheckContext,
): Promise<string | undefined> {
  const { statement } = statementModule(bug.statement);
  const bench = await statementBench(statement);
  if (!agreesOnVectors(circuit, bug.statement, bench)) return 'vectors';

  const opened = await context.open(bug.statement);
  const subject = { ...opened, circuit, cases: spread(opened.cases, WITNESSES) };
  if (!subject.cases.every(({ inputs }) => accepts(circuit.program, inputs))) return 'honestCases';
  const patchedContext: CheckContext = {
    ...context,
    isQuick: true,
    statements: [bug.statement],
    open: async () => subject,
    progress: () => {},
  };
  const isNoticedBy = async (check: Check) => {
    for await (const { survivors } of check.run(patchedContext)) {
      if (survivors.length > 0) return true;
    }
    return false;
  };
  if (await isNoticedBy(jacobianCheck)) return 'jacobian';
  if (await isNoticedBy(mutationCheck)) return 'mutation';
  // In full, with cases of its own, but only until the first forgery is accepted.
  const forged = attempts({ ...opened, circuit }, { ...patchedContext, isQuick: context.isQuick });
  for (const { finding } of forged) if (finding) return 'forged';
  if (await isNoticedBy(domainCheck)) return 'domain';
  return agreesAtEdges(circuit, bug.statement, bench, context) ? undefined : 'oracle';
}

type Bench = Awaited<ReturnType<typeof statementBench>>;

/** Vectors accepted and refused as they should be, with the nullifier the library computes. */
function agreesOnVectors(circuit: Circuit, name: string, bench: Bench): boolean {
  const { statement } = statementModule(name);
  return vectorsOf(statement).every((vector) => {
    const inputs = bench.inputs(vector);
    const isAccepted = accepts(circuit.program, inputs);
    if (isAccepted !== (vector.reason === undefined)) return false;
    if (!isAccepted) return true;
    const [, nullifier] = circuit.program.calculateFirst(2, inputs);
    return nullifier === bench.nullifierOf(toScope(inputs.scope as bigint));
  });
}

function agreesAtEdges(
  circuit: Circuit,
  name: string,
  bench: Bench,
  { seed }: CheckContext,
): boolean {
  const random = seededRandom(`${seed} planted edges ${name}`);
  for (let i = 0; i < EDGE_RECORDS; i++) {
    for (const question of edgesOf[name]?.(random) ?? []) {
      const { satisfied } = bench.oracle(question);
      if (accepts(circuit.program, bench.inputs(question)) !== satisfied) return false;
    }
  }
  return true;
}
