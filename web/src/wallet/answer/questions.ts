import type { Language } from '../../../../src/core/errors/canbao-error.ts';
import { checkRequest, type Refusal } from '../../../../src/prove/check-request.ts';
import { type AnyRequest, isRequestSet, requestsOf } from '../../../../src/request/any-request.ts';
import type { PresentationRequest } from '../../../../src/request/presentation-request.ts';
import type { Opening } from '../../../../src/statements/define-statement.ts';
import { statementModule } from '../../../../src/statements/registry.ts';
import { commonText } from '../../../../src/statements/statement-text.ts';

/** One thing that is asked, and what the record says to it. */
export interface Question {
  /** Place in the set, from 0. */
  readonly index: number;
  readonly request: PresentationRequest;
  /** Undefined where the record satisfies it. */
  readonly refusal: Refusal | undefined;
}

/** What of a request has to be proven. */
export interface Judged {
  /** `any`: of several, one is enough. */
  readonly mode: 'single' | 'all' | 'any';
  readonly questions: readonly Question[];
  readonly isSatisfied: boolean;
}

/** @throws statement.unknown, statement.wrong_subject, statement.bad_params */
export function judge(request: AnyRequest, opening: Opening): Judged {
  const mode = isRequestSet(request) ? request.mode : 'single';
  const questions = requestsOf(request).map((one, index): Question => {
    const result = checkRequest(one, opening, statementModule(one.statement).statement);
    return { index, request: one, refusal: result.satisfied ? undefined : result };
  });
  const held = questions.filter(({ refusal }) => refusal === undefined).length;
  return { mode, questions, isSatisfied: mode === 'any' ? held > 0 : held === questions.length };
}

/** What is asked, as a sentence. */
export function asksText({ statement, params }: PresentationRequest, language: Language): string {
  return statementModule(statement).text.asks(params, language);
}

export function statementName({ statement }: PresentationRequest, language: Language): string {
  return statementModule(statement).text.name[language];
}

export function whyNotText({ request, refusal }: Question, language: Language): string {
  const { text } = statementModule(request.statement);
  return refusal ? text.whyNot(refusal.reason, refusal.facts, language) : '';
}

/** What is told of one question, and what is not; without what is the same for every question. */
export function listsOf({ statement, params }: PresentationRequest, language: Language) {
  const { text } = statementModule(statement);
  const isOwn = (line: string) =>
    line !== commonText.reveals[language] && line !== commonText.hides[language];
  return {
    reveals: text.reveals(params, language).filter(isOwn),
    hides: text.hides(params, language).filter(isOwn),
  };
}
