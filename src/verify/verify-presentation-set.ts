import { CanbaoError } from '../core/errors/canbao-error.ts';
import {
  decodePresentationSet,
  encodePresentationSet,
  type PresentationSet,
  presentationsOf,
} from '../request/presentation-set.ts';
import { scopeOf } from '../request/request-hash.ts';
import { type RequestSet, sameRequestSet } from '../request/request-set.ts';
import type { EpochsPort, VerifierPorts } from './ports.ts';
import type { SetAnswer, SetVerdict, SetVerdictReason } from './set-verdict.ts';
import type { VerdictDetail } from './verdict.ts';
import { type Expectation, verifyPresentation } from './verify-presentation.ts';

/** What the verifier expects and accepts of an answer to a set. */
export interface SetExpectation extends Omit<Expectation, 'request'> {
  /** The verifier's own copy of the set: the answer must be to exactly it. */
  readonly requestSet?: RequestSet;
}

/** A finding that ends the check. */
interface Finding {
  readonly reason: SetVerdictReason;
  readonly index?: number;
  readonly detail?: VerdictDetail;
}

/**
 * Checks a presentation set: that it answers the set as the set's mode asks, then every proof like
 * a presentation of its own, and last, if a port for it is given, spends the one nullifier, once.
 * No input makes it throw; what throws is a port that fails.
 * @param input parsed JSON of a presentation set file, or a decoded presentation set
 */
export async function verifyPresentationSet(
  input: unknown,
  ports: VerifierPorts,
  { requestSet: own, ...expectation }: SetExpectation = {},
): Promise<SetVerdict> {
  const audienceChecked = own !== undefined || expectation.audience !== undefined;
  const read = readInput(input, ports);
  if ('reason' in read) {
    return { kind: 'set', valid: false, ...read, audienceChecked, answers: [] };
  }
  const { requestSet, nullifier, epochRoot } = read;
  const { audience = '', purpose = '', expiresAt = 0 } = requestSet.requests[0] ?? {};
  const scope = scopeOf(audience, purpose);
  const verdict = (finding: Finding, answers: readonly SetAnswer[]): SetVerdict => ({
    kind: 'set',
    valid: finding.reason === 'valid',
    ...finding,
    audienceChecked,
    ...{ mode: requestSet.mode, requests: requestSet.requests.length },
    ...{ audience, purpose, expiresAt, scope, nullifier, epochRoot, answers },
  });
  if (own && !sameRequestSet(own, requestSet, ports.statements)) {
    return verdict({ reason: 'wrong_request' }, []);
  }

  const { nullifiers, ...others } = ports;
  const shared = { ...others, epochs: askedOnce(ports.epochs) };
  const answers: SetAnswer[] = [];
  for (const { index, presentation } of presentationsOf(read)) {
    const request = own?.requests[index];
    const each = { ...expectation, ...(request && { request }) };
    answers.push({ index, verdict: await verifyPresentation(presentation, shared, each) });
  }
  const refused = answers.find((answer) => !answer.verdict.valid);
  if (refused) {
    const { index, verdict: of } = refused;
    return verdict({ reason: of.reason, index, ...(of.detail && { detail: of.detail }) }, answers);
  }
  if (nullifiers && !(await nullifiers.spend(nullifier, scope))) {
    return verdict({ reason: 'nullifier_spent' }, answers);
  }
  return verdict({ reason: 'valid' }, answers);
}

function readInput(input: unknown, { statements }: VerifierPorts): PresentationSet | Finding {
  try {
    // A decoded set takes the same road: a caller may have built or changed it.
    const isDecoded = typeof (input as PresentationSet | null)?.nullifier === 'bigint';
    const json = isDecoded ? encodePresentationSet(input as PresentationSet) : input;
    return decodePresentationSet(json, statements);
  } catch (error) {
    if (error instanceof CanbaoError) {
      const { code, facts } = error;
      return { reason: reasons.get(code) ?? 'malformed', detail: { code, facts } };
    }
    // Only an object that misbehaves when read gets here, such as a getter that throws.
    const facts = { reason: 'it cannot be read' };
    return { reason: 'malformed', detail: { code: 'presentation_set.malformed', facts } };
  }
}

/** Errors of reading that have a reason of their own. */
const reasons: ReadonlyMap<string, SetVerdictReason> = new Map([
  ['statement.unknown', 'unknown_statement'],
  ['presentation_set.incomplete', 'incomplete'],
]);

/** All answers rest on one root: it is looked up once, and every answer sees the same. */
function askedOnce(epochs: EpochsPort): EpochsPort {
  let found: ReturnType<EpochsPort['lookup']> | undefined;
  return {
    lookup(root) {
      found ??= epochs.lookup(root);
      return found;
    },
  };
}
