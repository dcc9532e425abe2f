import { CanbaoError, type ErrorFacts } from '../../../../src/core/errors/canbao-error.ts';
import type { ErrorCode } from '../../../../src/core/errors/catalogue.ts';
import type { HolderKeys } from '../../../../src/holder/keys.ts';
import type { AnyRequest } from '../../../../src/request/any-request.ts';
import type { PresentationFile } from '../../../../src/sdk/answers.ts';
import type { Opening } from '../../../../src/statements/define-statement.ts';

/** What a holder proves. It goes to a worker of the page, and nowhere else. */
export interface ProofTask {
  readonly request: AnyRequest;
  readonly opening: Opening;
  readonly holderKeys: HolderKeys;
  /** Of a set of which one is asked: index of the one to answer. */
  readonly choice?: number | undefined;
  /** Development keys are refused. */
  readonly production: boolean;
}

export interface ProofProgress {
  /** `files`: what proving takes is fetched, the first time on a device. */
  readonly stage: 'files' | 'proof';
  /** Of the stage, 0 to 1. */
  readonly share: number;
}

/** As it crosses from a worker: errors would lose their code and cause. */
export type ProofOutcome =
  | { readonly presentation: PresentationFile; readonly error?: undefined }
  | {
      readonly presentation?: undefined;
      readonly error: {
        readonly code: ErrorCode;
        readonly facts: ErrorFacts;
        readonly cause: unknown;
      };
    };

/** An error as it crosses: causes of a refusal are what a wallet tells, those of a fault stay behind. */
export function tellError(error: unknown): ProofOutcome {
  const known =
    error instanceof CanbaoError
      ? error
      : new CanbaoError('prove.failed', { reason: String((error as Error)?.message ?? error) });
  const isRefusal = /not_satisfied$/.test(known.code);
  const cause = isRefusal ? known.cause : undefined;
  return { error: { code: known.code, facts: known.facts, cause } };
}

/** @throws what was told */
export function presentationOf(outcome: ProofOutcome): PresentationFile {
  if (outcome.presentation) return outcome.presentation;
  const { code, facts, cause } = outcome.error;
  throw new CanbaoError(code, facts, cause);
}
