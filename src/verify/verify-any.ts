import { type AnyRequest, isRequestSet } from '../request/any-request.ts';
import { PRESENTATION_SET_FORMAT } from '../request/presentation-set.ts';
import type { VerifierPorts } from './ports.ts';
import type { SetVerdict } from './set-verdict.ts';
import type { Verdict } from './verdict.ts';
import { type Expectation, verifyPresentation } from './verify-presentation.ts';
import { verifyPresentationSet } from './verify-presentation-set.ts';
import { type BatchPorts, verifyPresentations } from './verify-presentations.ts';

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
  expectation: AnyExpectation = {},
): Promise<AnyVerdict> {
  const { request, ...others } = expectation;
  const isSet = isSetInput(input);
  if (request && isRequestSet(request) !== isSet) {
    const wrong = { valid: false, reason: 'wrong_request', audienceChecked: true } as const;
    return isSet ? { kind: 'set', ...wrong, answers: [] } : wrong;
  }
  if (isSet) {
    const requestSet = request && isRequestSet(request) ? request : undefined;
    return verifyPresentationSet(input, ports, {
      ...others,
      ...(requestSet && { requestSet }),
    });
  }
  return verifyPresentation(input, ports, singleExpectation(expectation));
}

/**
 * Checks many inputs against one expectation, presentations with one batched proof check and sets
 * each alone: verdicts in order. Spends no nullifier.
 */
export async function verifyAnyPresentations(
  inputs: readonly unknown[],
  { statements, epochs, keys, clock, random, proofs }: Omit<BatchPorts, 'nullifiers'>,
  expectation: AnyExpectation = {},
): Promise<AnyVerdict[]> {
  const ports = { statements, epochs, keys, clock, random, ...(proofs && { proofs }) };
  const isSetAsked = expectation.request !== undefined && isRequestSet(expectation.request);
  const alone = inputs.map((input) => isSetAsked || isSetInput(input));
  const single = singleExpectation(expectation);
  const batch = inputs.filter((_, i) => !alone[i]).map((input) => ({ input, expectation: single }));
  const batched = (await verifyPresentations(batch, ports)).values();
  const verdicts: AnyVerdict[] = [];
  for (const [i, input] of inputs.entries()) {
    const next = alone[i] ? undefined : batched.next().value;
    verdicts.push(next ?? (await verifyAnyPresentation(input, ports, expectation)));
  }
  return verdicts;
}

/** For a presentation: without the request where it is a set. */
function singleExpectation({ request, ...expectation }: AnyExpectation): Expectation {
  const single = request && !isRequestSet(request) ? request : undefined;
  return { ...expectation, ...(single && { request: single }) };
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
