import {
  CanbaoError,
  errorText,
  type Language,
  type PlainFacts,
  plainFacts,
} from '../../core/errors/canbao-error.ts';
import type { ErrorCode } from '../../core/errors/catalogue.ts';
import { refusalOf } from '../../prove/check-request.ts';
import { setFailuresOf } from '../../prove/check-request-set.ts';
import type { CheckFacts } from '../../statements/define-statement.ts';
import { statementModule } from '../../statements/registry.ts';

/** Why a proof was not made, as its row keeps it; about the holder's own record, for them alone. */
export interface StoredError {
  readonly code: ErrorCode;
  readonly facts: PlainFacts;
  /** Requests the record does not satisfy, by their place. */
  readonly refusals: readonly {
    readonly index: number;
    readonly statement: string;
    readonly reason: string;
    readonly facts: CheckFacts;
  }[];
}

/** The same in words. */
export interface ToldError {
  readonly code: string;
  readonly title: string;
  readonly facts: StoredError['facts'];
  /** Why not, a request each; numbered from 1. */
  readonly reasons: {
    readonly number: number;
    readonly statement: string;
    readonly text: string;
  }[];
}

/** Whether trying again comes to the same: what the order, the key or the record is at fault for. */
export function isFinal(error: unknown): error is CanbaoError {
  return error instanceof CanbaoError && error.status < 500 && error.code !== 'prove.aborted';
}

export function storedError(error: CanbaoError): StoredError {
  return { code: error.code, facts: plainFacts(error.facts), refusals: refusalsOf(error) };
}

export function toldError({ code, facts, refusals }: StoredError, language: Language): ToldError {
  return {
    code,
    title: errorText(code, facts, language),
    facts,
    reasons: refusals.map(({ index, statement, reason, facts }) => ({
      number: index + 1,
      statement,
      text: statementModule(statement).text.whyNot(reason, facts, language),
    })),
  };
}

function refusalsOf(error: CanbaoError): StoredError['refusals'] {
  const refusal = refusalOf(error);
  if (refusal) {
    const { reason, facts } = refusal;
    return [{ index: 0, statement: String(error.facts.statement), reason, facts }];
  }
  return (setFailuresOf(error) ?? []).map(({ index, statement, refusal: { reason, facts } }) => ({
    ...{ index, statement, reason, facts },
  }));
}
