import { CanbaoError } from '../core/errors/canbao-error.ts';
import { assertParams } from '../request/params.ts';
import type { PresentationRequest } from '../request/presentation-request.ts';
import {
  type CheckResult,
  IDENTITY_BEFORE,
  type Opening,
  type Statement,
} from '../statements/define-statement.ts';
import { checkOpening, identityMonthOf } from '../statements/judge.ts';

/** Why a record does not satisfy a request. About the holder's own record: show it, never log it. */
export type Refusal = Extract<CheckResult, { satisfied: false }>;

/**
 * Whether a record satisfies a request, without proving: what a wallet shows before it asks, and
 * what every proof begins with.
 * @throws statement.bad_params
 */
export function checkRequest(
  request: PresentationRequest,
  opening: Opening,
  statement: Statement,
): CheckResult {
  assertParams(statement, request.params);
  const identityMonth = identityMonthOf(opening);
  const identityBefore = request.params[IDENTITY_BEFORE] ?? 0n;
  if (identityBefore !== 0n && identityMonth >= identityBefore) {
    return {
      satisfied: false,
      reason: 'identity',
      facts: { identityMonth: Number(identityMonth), identityBefore: Number(identityBefore) },
    };
  }
  return checkOpening(statement, opening, request.params);
}

/** The error a refusal is thrown as; the facts travel as its cause, out of the message. */
export function notSatisfied(statement: Statement, refusal: Refusal): CanbaoError {
  const facts = { statement: statement.name, reason: refusal.reason };
  return new CanbaoError('statement.not_satisfied', facts, refusal);
}

/** The refusal behind `statement.not_satisfied`, for `text.whyNot`; undefined for other errors. */
export function refusalOf(error: unknown): Refusal | undefined {
  const isRefusal = error instanceof CanbaoError && error.code === 'statement.not_satisfied';
  return isRefusal ? (error.cause as Refusal) : undefined;
}
