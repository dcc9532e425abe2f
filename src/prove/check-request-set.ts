import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { PresentationRequest } from '../request/presentation-request.ts';
import type { RequestSet } from '../request/request-set.ts';
import type { Opening, Statement } from '../statements/define-statement.ts';
import type { StatementRegistry } from '../statements/registry-port.ts';
import { checkRequest, type Refusal } from './check-request.ts';

/** A request of a set with what the record says to it. */
export interface SetCheckEntry {
  /** Place in the set, from 0. */
  readonly index: number;
  readonly request: PresentationRequest;
  readonly statement: Statement;
  /** undefined where the record satisfies it. */
  readonly refusal: Refusal | undefined;
}

/** Whether a record satisfies a set, and which of its requests a proof would answer. */
export interface SetCheck {
  readonly satisfied: boolean;
  /** One a request, in their order. */
  readonly entries: readonly SetCheckEntry[];
  /** What is to be proven: all of them, or for `any` the chosen one. Empty where not satisfied. */
  readonly chosen: readonly SetCheckEntry[];
}

/** A request that keeps a set from being answered. About the holder's own record: never log it. */
export interface SetFailure {
  readonly index: number;
  readonly statement: string;
  readonly refusal: Refusal;
}

/**
 * Checks every request of a set, without proving.
 * @param choice for `any`: index of the request to answer; left out = the first satisfied. Which
 * one is answered is seen by the verifier.
 * @throws request_set.bad_choice, statement.unknown, statement.wrong_subject, statement.bad_params
 */
export function checkRequestSet(
  { mode, requests }: RequestSet,
  opening: Opening,
  statements: Pick<StatementRegistry, 'get'>,
  choice?: number,
): SetCheck {
  if (choice !== undefined && (mode === 'all' || !requests[choice])) {
    throw new CanbaoError('request_set.bad_choice', { number: choice + 1 });
  }
  const entries = requests.map((request, index): SetCheckEntry => {
    const statement = statements.get(request.statement);
    if (!statement) throw new CanbaoError('statement.unknown', { statement: request.statement });
    const result = checkRequest(request, opening, statement);
    return { index, request, statement, refusal: result.satisfied ? undefined : result };
  });
  const holds = entries.filter(({ refusal }) => refusal === undefined);
  if (mode === 'all') {
    const satisfied = holds.length === entries.length;
    return { satisfied, entries, chosen: satisfied ? entries : [] };
  }
  const one = choice === undefined ? holds[0] : holds.find(({ index }) => index === choice);
  return { satisfied: one !== undefined, entries, chosen: one ? [one] : [] };
}

/** The error a set is refused with; what fails travels as its cause, out of the message. */
export function setNotSatisfied({ entries }: SetCheck): CanbaoError {
  const failures = entries.flatMap(({ index, statement, refusal }): SetFailure[] =>
    refusal ? [{ index, statement: statement.name, refusal }] : [],
  );
  const facts = { failing: failures.length, requests: entries.length };
  return new CanbaoError('request_set.not_satisfied', facts, failures);
}

/** The failures behind `request_set.not_satisfied`, for `text.whyNot`; undefined for other errors. */
export function setFailuresOf(error: unknown): readonly SetFailure[] | undefined {
  const isSet = error instanceof CanbaoError && error.code === 'request_set.not_satisfied';
  return isSet ? (error.cause as readonly SetFailure[]) : undefined;
}
