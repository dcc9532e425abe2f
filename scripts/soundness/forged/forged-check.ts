import { seededRandom } from '../../../test/support/random.ts';
import type { Check, CheckContext, CheckResult, Finding, StatementUnderTest } from '../check.ts';
import { accepts } from '../domain/accepts.ts';
import type { HonestCase } from '../honest/honest-case.ts';
import { spread } from '../spread.ts';
import { type Forgery, forgeries } from './forgeries.ts';

/** Cases besides the vectors, and refused neighbours of each threshold and each fact. */
const FULL = { others: 16, most: 4 };
const QUICK_MOST = 1;

/** Accepted private inputs, put to what must be refused. */
export const forgedCheck: Check = {
  name: 'forged',
  claim:
    'The private inputs of an accepted case are kept and put to every neighbour of it that the plain oracle refuses: one threshold changed, or one fact of the record changed and committed anew. And the holder signs with keys off the curve, committed in the leaf. Every one must be refused.',
  unit: 'forgeries',
  async *run(context) {
    for (const name of context.statements) yield forge(await context.open(name), context);
  },
};

function forge(subject: StatementUnderTest, context: CheckContext): CheckResult {
  const figures = { params: 0, records: 0, keys: 0 };
  const cases = new Set<string>();
  const survivors: Finding[] = [];
  for (const { kind, at, finding } of attempts(subject, context)) {
    figures[kind]++;
    cases.add(at);
    if (finding) survivors.push(finding);
  }
  return {
    check: 'forged',
    statement: subject.statement.name,
    tried: Object.values(figures).reduce((sum, count) => sum + count, 0),
    figures: { cases: cases.size, ...figures },
    answered: [],
    survivors,
  };
}

export interface Attempt {
  readonly kind: Forgery['kind'];
  /** The case it began from. */
  readonly at: string;
  /** Where the forgery was accepted. */
  readonly finding?: Finding;
}

/** Tries forgeries one after another. */
export function* attempts(
  subject: StatementUnderTest,
  context: CheckContext,
): Generator<Attempt, void> {
  const { program, name } = subject.circuit;
  const { cases, most } = chosen(subject.cases, context);
  const random = seededRandom(`${context.seed} forged ${name}`);
  for (const [index, honest] of cases.entries()) {
    context.progress(`${name}: forged`, index / cases.length);
    const at = honest.name;
    for (const { kind, where, what, inputs } of forgeries(subject, honest, most, random)) {
      const isAccepted = accepts(program, inputs());
      yield {
        kind,
        at,
        ...(isAccepted && { finding: { where, what: `${what} is accepted`, at } }),
      };
    }
  }
}

/** Every vector, and some of the cases drawn from the seed; of a quick run one of each. */
function chosen(cases: readonly HonestCase[], { isQuick }: CheckContext) {
  const vectors = cases.filter(({ isVector }) => isVector);
  const others = cases.filter(({ isVector }) => !isVector);
  return isQuick
    ? { cases: [...vectors.slice(0, 1), ...others.slice(0, 1)], most: QUICK_MOST }
    : { cases: [...vectors, ...spread(others, FULL.others)], most: FULL.most };
}
