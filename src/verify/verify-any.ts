import { type AnyRequest, isRequestSet } from '../request/any-request.ts';
import { PRESENTATION_SET_FORMAT } from '../request/presentation-set.ts';
import type { VerifierPorts } from './ports.ts';
import type { SetVerdict } from './set-verdict.ts';
import type { Verdict } from './verdict.ts';
import { type Expectation, verifyPresentation } from './verify-presentation.ts';
import { verifyPresentationSet } from './verify-presentation-set.ts';

/** What a verifier expects who may have asked one thing or several. */
export interface AnyExpectation extends Omit<Expectation, 'request'> {
  /** The verifier's own copy. */
  readonly request?: AnyRequest;
}

export type AnyVerdict = Verdict | SetVerdict;

export function isSetVerdict(verdict: AnyVerdict): verdict is SetVerdict {
  return 'kind' in verdict;
}

/**
 * Checks a presentation or a presentation set, as the input is. An answer of the other kind than
 * the request is `wrong_request`. No input makes it throw.
 */
export async function verifyAnyPresentation(
  input: unknown,
  ports: VerifierPorts,
  { request, ...expectation }: AnyExpectation = {},
): Promise<AnyVerdict> {
  const isSet = isSetInput(input);
  if (request && isRequestSet(request) !== isSet) {
    const wrong = { valid: false, reason: 'wrong_request', audienceChecked: true } as const;
    return isSet ? { kind: 'set', ...wrong, answers: [] } : wrong;
  }
  if (isSet) {
    const requestSet = request && isRequestSet(request) ? request : undefined;
    return verifyPresentationSet(input, ports, {
      ...expectation,
      ...(requestSet && { requestSet }),
    });
  }
  const single = request && !isRequestSet(request) ? request : undefined;
  return verifyPresentation(input, ports, { ...expectation, ...(single && { request: single }) });
}

/** A set by its format, or by its shape where it is decoded. What cannot be read is no set. */
function isSetInput(input: unknown): boolean {
  try {
    const { format, requestSet } = (input ?? {}) as { format?: unknown; requestSet?: unknown };
    return format === PRESENTATION_SET_FORMAT || (format === undefined && requestSet !== undefined);
  } catch {
    return false;
  }
}
