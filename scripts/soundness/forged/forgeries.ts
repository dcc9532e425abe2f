import type { Signals } from '../../../src/statements/define-statement.ts';
import type { Random } from '../../../test/support/random.ts';
import type { StatementUnderTest } from '../check.ts';
import { paramsProbes } from '../domain/params-probes.ts';
import type { HonestCase } from '../honest/honest-case.ts';

/** Inputs of a dishonest prover; the circuit must refuse them. */
export interface Forgery {
  readonly kind: 'params' | 'records' | 'keys';
  /** What was changed, and to what. */
  readonly where: string;
  readonly what: string;
  inputs(): Signals;
}

/**
 * What can be tried with private inputs that were accepted once: they are kept, and put to every
 * neighbour of the case that the plain oracle refuses. Where the rule reads a fact out of private
 * inputs, only the tie between them and the leaf can refuse that.
 * @param most of each threshold and each fact, so many refused neighbours
 */
export function* forgeries(
  { statement }: Pick<StatementUnderTest, 'statement'>,
  honest: HonestCase,
  most: number,
  random: Random,
): Iterable<Forgery> {
  const isOneTooMany = counter(most);
  for (const { what, field, params, inputs } of paramsProbes(statement, honest)) {
    const [kept] = inputs;
    if (!kept || honest.answer(params).satisfied || isOneTooMany(`params.${field}`)) continue;
    yield { kind: 'params', where: 'params', what, inputs: () => kept };
  }
  const own = honest.own(honest.params);
  for (const { what, coordinate, answer, inputs } of honest.otherRecords(random)) {
    if (answer.satisfied || isOneTooMany(coordinate)) continue;
    yield { kind: 'records', where: 'record', what, inputs: () => ({ ...inputs(), ...own }) };
  }
  for (const { input, value, inputs } of honest.badKeys()) {
    yield { kind: 'keys', where: input, what: `key with x = ${value}`, inputs: () => inputs };
  }
}

function counter(most: number): (name: string) => boolean {
  const counts = new Map<string, number>();
  return (name) => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count > most;
  };
}
