import type { MonthIndex } from '../../../src/core/month.ts';
import { assertParams } from '../../../src/request/params.ts';
import type { CheckResult, Statement } from '../../../src/statements/define-statement.ts';
import type { Params } from '../../../src/statements/statement-text.ts';
import type { Random } from '../../../test/support/random.ts';
import type { Coordinate } from './coordinate.ts';
import type { HonestCase } from './honest-case.ts';

/** What a statement is asked of: a record, the verifier's thresholds, the month of the ledger. */
export interface Question<R> {
  readonly record: R;
  readonly params: Params;
  readonly epochMonth: MonthIndex;
}

export interface NamedQuestion<R> extends Question<R> {
  readonly name: string;
  readonly isVector?: boolean;
}

/** A statement bound to what it is about: all that differs between people and employers. */
export interface Subject<R> {
  readonly statement: Statement;
  /** Questions of the vectors that pass. */
  readonly vectors: readonly NamedQuestion<R>[];
  /** What can be varied, one thing at a time: of the question, and of its record alone. */
  readonly coordinates: readonly Coordinate<R>[];
  readonly recordCoordinates: readonly Coordinate<R>[];
  /** Any record. */
  randomRecord(random: Random): R;
  /** The plain oracle, the condition on the key included; params need not be askable. */
  answer(question: Question<R>): CheckResult;
  /** Puts the record into a ledger, has a holder sign a request, and makes the circuit's inputs. */
  open(question: NamedQuestion<R>, random: Random): HonestCase;
}

/** Whether a request could ask it: every param within its width and range. */
export function isAskable(statement: Statement, params: Params): boolean {
  try {
    assertParams(statement, params);
    return true;
  } catch {
    return false;
  }
}

/** An askable question whose honest answer is yes. */
export function isHonest<R>(subject: Subject<R>, question: Question<R>): boolean {
  return isAskable(subject.statement, question.params) && subject.answer(question).satisfied;
}
