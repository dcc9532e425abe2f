import type { Poseidon } from '../../../src/core/poseidon.ts';
import type { HolderKeys } from '../../../src/holder/keys.ts';
import type { Statement } from '../../../src/statements/define-statement.ts';
import type { Random } from '../../../test/support/random.ts';
import { accountKind } from './account/kind.ts';
import { employerKind } from './employer/kind.ts';
import type { HonestCase } from './honest-case.ts';
import type { Subject } from './question.ts';
import { honestQuestions, type QuestionCounts } from './questions.ts';
import { subjectOf } from './subject.ts';

/** Honest cases of a statement, whatever it is about. */
export function honestCases(
  statement: Statement,
  counts: QuestionCounts,
  random: Random,
  tools: { readonly holders: readonly HolderKeys[]; readonly hash: Poseidon },
): HonestCase[] {
  const { holders, hash } = tools;
  switch (statement.subject) {
    case 'account':
      return draw(subjectOf(statement, accountKind, holders, hash), counts, random);
    case 'employer':
      return draw(subjectOf(statement, employerKind, holders, hash), counts, random);
  }
}

function draw<R>(subject: Subject<R>, counts: QuestionCounts, random: Random): HonestCase[] {
  return honestQuestions(subject, counts, random).map((question) => subject.open(question, random));
}
