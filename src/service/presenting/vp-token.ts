import { CanbaoError } from '../../core/errors/canbao-error.ts';
import {
  type AnyRequest,
  encodeAnyRequest,
  isRequestSet,
  requestsOf,
} from '../../request/any-request.ts';
import { PRESENTATION_SET_FORMAT } from '../../request/presentation-set.ts';

/** The id a request of a set, by its place, has in a DCQL query. */
export function credentialId(index: number): string {
  return `request_${index + 1}`;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * A presentation file out of a `vp_token`, read but not judged. It is the file itself, or what
 * OpenID4VP has it: arrays of presentations by the ids of the DCQL query, which for a set are put
 * together to its file. Proofs about another holder than the first are then false ones.
 * @throws presentation.malformed
 */
export function readVpToken(token: unknown, asked: AnyRequest): unknown {
  const given = typeof token === 'string' ? parseJson(token) : token;
  if (!isObject(given)) throw malformed('vp_token is not an object');
  if ('format' in given) return given;
  const answers = requestsOf(asked).flatMap((_, index) => {
    const presentations = given[credentialId(index)];
    if (presentations === undefined) return [];
    const list: readonly unknown[] = Array.isArray(presentations) ? presentations : [];
    const [only] = list;
    if (!isObject(only) || list.length !== 1) {
      throw malformed(`vp_token.${credentialId(index)} is not an array of one presentation`);
    }
    return [{ index, presentation: only }];
  });
  const [first] = answers;
  if (!first || answers.length !== Object.keys(given).length) {
    throw malformed('vp_token is neither a presentation nor presentations by id');
  }
  return isRequestSet(asked) ? joined(asked, answers) : first.presentation;
}

/** What was answered stands as it was answered; what was not, as it was asked. */
function joined(
  asked: AnyRequest,
  answers: readonly { readonly index: number; readonly presentation: Json }[],
): unknown {
  const requestSet = encodeAnyRequest(asked);
  const requests: unknown[] = 'requests' in requestSet ? [...requestSet.requests] : [];
  for (const { index, presentation } of answers) requests[index] = presentation.request;
  const { epochRoot, nullifier } = answers[0]?.presentation ?? {};
  return {
    format: PRESENTATION_SET_FORMAT,
    requestSet: { ...requestSet, requests },
    ...{ epochRoot, nullifier },
    proofs: answers.map(({ index, presentation }) => ({ index, proof: presentation.proof })),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('vp_token is not JSON');
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function malformed(reason: string): CanbaoError {
  return new CanbaoError('presentation.malformed', { reason });
}
