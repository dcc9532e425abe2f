import type { Random } from '../../../test/support/random.ts';
import { numberProbes } from '../domain/number-probes.ts';
import type { OtherRecord } from './honest-case.ts';
import type { NamedQuestion, Subject } from './question.ts';

/**
 * The record with one thing changed and committed anew: every field of its packed words at telling
 * values (all of them where a field is narrow), month sets and runs at their extremes.
 */
export function* otherRecords<R>(
  subject: Subject<R>,
  question: NamedQuestion<R>,
  random: Random,
): Iterable<OtherRecord> {
  for (const { name, number, extremes } of subject.recordCoordinates) {
    const changes = number
      ? numberProbes(number.get(question), number.max).map((value) => ({
          what: `${name} = ${value}`,
          moved: number.set(question, value),
        }))
      : extremes.map((move, at) => ({ what: `${name}, extreme ${at}`, moved: move(question) }));
    for (const { what, moved } of changes) {
      yield {
        what,
        coordinate: name,
        answer: subject.answer(moved),
        inputs: () => subject.open({ ...moved, name: question.name }, random).inputs,
      };
    }
  }
}
