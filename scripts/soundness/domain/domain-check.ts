import { layoutBits } from '../../../src/core/packed-word.ts';
import type { Signals } from '../../../src/statements/define-statement.ts';
import { type Random, seededRandom } from '../../../test/support/random.ts';
import type { Check, CheckContext, CheckResult, Finding, StatementUnderTest } from '../check.ts';
import type { HonestCase } from '../honest/honest-case.ts';
import { isAskable } from '../honest/question.ts';
import { spread } from '../spread.ts';
import { accepts } from './accepts.ts';
import { elementsOf } from './elements.ts';
import {
  type ChangedElement,
  type DomainException,
  exceptionFor,
  exceptionPlace,
  readExceptions,
} from './exceptions.ts';
import { inputProbes } from './input-probes.ts';
import { paramsProbes } from './params-probes.ts';

/** A refusal takes some 50 ms, and a case has some 1,500 probes. */
const CASES = { full: 3, quick: 1 };
/** Of a quick run's probes, one in so many. */
const QUICK_SHARE = 8;

/** Inputs outside the honest ones. */
export const domainCheck: Check = {
  name: 'domain',
  claim:
    'Every element of every input is changed alone (below 0, past every width, by one, mirrored, by the subgroup order, at random) and must be refused; every threshold and every fact of a record, committed anew, at the edges of its width and range: the circuit must say what the plain oracle says; every word past its width, hashed in up to the root, must be refused by the range checks that are left.',
  unit: 'probes',
  answers: () => readExceptions().map(exceptionPlace),
  async *run(context) {
    for (const name of context.statements) {
      yield new DomainProbe(await context.open(name), context).run();
    }
  },
};

/** The probes of one statement, and what came of them. */
class DomainProbe {
  readonly #subject: StatementUnderTest;
  readonly #context: CheckContext;
  readonly #random: Random;
  readonly #exceptions = readExceptions();
  readonly #answered = new Map<DomainException, number>();
  readonly #survivors: Finding[] = [];
  readonly #figures = { cases: 0, inputs: 0, params: 0, records: 0, words: 0 };

  constructor(subject: StatementUnderTest, context: CheckContext) {
    this.#subject = subject;
    this.#context = context;
    this.#random = seededRandom(`${context.seed} domain ${subject.statement.name}`);
  }

  run(): CheckResult {
    const { circuit, cases } = this.#subject;
    const chosen = spread(cases, this.#context.isQuick ? CASES.quick : CASES.full);
    for (const [at, honest] of chosen.entries()) {
      this.#context.progress(`${circuit.name}: domain`, at / chosen.length);
      this.#figures.cases++;
      if (!accepts(circuit.program, honest.inputs)) {
        this.#survive(honest, 'honest inputs', 'are refused');
        continue;
      }
      this.#probeInputs(honest);
      this.#probeParams(honest);
      this.#probeRecords(honest);
      this.#probeWords(honest);
    }
    const { cases: _, ...tried } = this.#figures;
    return {
      check: 'domain',
      statement: circuit.name,
      tried: Object.values(tried).reduce((sum, count) => sum + count, 0),
      figures: this.#figures,
      answered: [...this.#answered].map(([exception, times]) => ({
        where: exceptionPlace(exception),
        times,
        reason: exception.reason,
      })),
      survivors: this.#survivors,
    };
  }

  #probeInputs(honest: HonestCase): void {
    for (const element of elementsOf(honest.inputs)) {
      // Params have an oracle of their own below; here only words that are no params at all.
      const isParams = element.name === 'params';
      for (const value of inputProbes(element, this.#random)) {
        if ((isParams && this.#isParamsWord(value)) || this.#isSkipped()) continue;
        this.#figures.inputs++;
        const { name, index } = element;
        this.#judge(honest, element.put(value), { kind: 'input', name, index, value });
      }
    }
  }

  #probeWords(honest: HonestCase): void {
    for (const { input, value, inputs } of honest.badWords()) {
      if (this.#isSkipped()) continue;
      this.#figures.words++;
      this.#judge(honest, inputs, { kind: 'word', name: input, index: 0, value });
    }
  }

  /** A change must be refused, or be an exception that leaves the nullifier as the exception says. */
  #judge(
    honest: HonestCase,
    inputs: Signals,
    change: Pick<ChangedElement, 'kind' | 'name' | 'index' | 'value'>,
  ): void {
    const { circuit, statement } = this.#subject;
    if (!accepts(circuit.program, inputs)) return;
    const exception = exceptionFor(this.#exceptions, {
      ...change,
      statement: statement.name,
      params: honest.params,
    });
    if (exception !== undefined) {
      const nullifier = (of: Signals) => circuit.program.calculate(of)[1];
      const isSame = nullifier(inputs) === nullifier(honest.inputs);
      if (isSame === (exception.nullifier === 'same')) {
        this.#answered.set(exception, (this.#answered.get(exception) ?? 0) + 1);
        return;
      }
    }
    this.#survive(honest, change.name, `${change.kind} ${change.value} is accepted`);
  }

  #probeParams(honest: HonestCase): void {
    const { circuit, statement } = this.#subject;
    for (const { what, params, inputs } of paramsProbes(statement, honest)) {
      if (this.#isSkipped()) continue;
      this.#figures.params++;
      const verdict = honest.answer(params);
      const accepted = inputs.map((candidate) => accepts(circuit.program, candidate));
      if (!verdict.satisfied && accepted.includes(true)) {
        this.#survive(honest, 'params', `${what} is accepted, the oracle says ${verdict.reason}`);
      }
      if (verdict.satisfied && isAskable(statement, params) && accepted.at(-1) === false) {
        this.#survive(honest, 'params', `${what} is refused, the oracle says yes`);
      }
    }
  }

  #probeRecords(honest: HonestCase): void {
    for (const { what, answer, inputs } of honest.otherRecords(this.#random)) {
      if (this.#isSkipped()) continue;
      this.#figures.records++;
      if (accepts(this.#subject.circuit.program, inputs()) === answer.satisfied) continue;
      const verdict = answer.satisfied ? 'yes' : answer.reason;
      const done = answer.satisfied ? 'refused' : 'accepted';
      this.#survive(honest, 'record', `${what} is ${done}, the oracle says ${verdict}`);
    }
  }

  #isParamsWord(value: bigint): boolean {
    return value >> BigInt(layoutBits(this.#subject.statement.params)) === 0n;
  }

  #isSkipped(): boolean {
    return this.#context.isQuick && this.#random.int(1, QUICK_SHARE) > 1;
  }

  #survive(honest: HonestCase, where: string, what: string): void {
    this.#survivors.push({ where, what, at: honest.name });
  }
}
