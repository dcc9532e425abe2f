import { type AnyRequest, parseAnyRequest } from '../../../../src/request/any-request.ts';
import { assertAudience } from '../../../../src/request/audience.ts';
import type { RequestFile } from '../../../../src/sdk/answers.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';

/** What a presentation is held against, as the reader has it. */
export type Expectation =
  | { readonly kind: 'request'; readonly request: RequestFile }
  | { readonly kind: 'audience'; readonly audience: string }
  /** The verdict then says that nobody checked it. */
  | { readonly kind: 'none' };

/** As it is being entered: texts may be wrong still. */
export interface ExpectationDraft {
  readonly kind: 'own' | 'copy' | 'audience' | 'none';
  /** Id of a request of this tab. */
  readonly own: string;
  /** JSON of a request. */
  readonly copy: string;
  readonly audience: string;
}

export const emptyExpectation: ExpectationDraft = {
  kind: 'audience',
  own: '',
  copy: '',
  audience: '',
};

/** @throws request.malformed and the like for a copy that is none, request.bad_audience */
export function readExpectation(
  { kind, own, copy, audience }: ExpectationDraft,
  running: readonly { readonly id: string; readonly request: RequestFile }[],
): Expectation {
  const found = running.find((one) => one.id === own);
  if (kind === 'own' && found) return { kind: 'request', request: found.request };
  if (kind === 'copy') return { kind: 'request', request: readCopy(copy) };
  if (kind === 'audience') {
    const text = audience.trim().replace(/\/$/, '');
    assertAudience(text);
    return { kind: 'audience', audience: text };
  }
  return { kind: 'none' };
}

/** For the verdict: parsed. */
export function requestOf(expectation: Expectation): AnyRequest | undefined {
  return expectation.kind === 'request'
    ? parseAnyRequest(expectation.request, statementRegistry)
    : undefined;
}

/** @throws what `parseAnyRequest` throws */
function readCopy(text: string): RequestFile {
  let json: unknown = text;
  try {
    json = JSON.parse(text);
  } catch {
    // It is then told as what it is: no request.
  }
  parseAnyRequest(json, statementRegistry);
  return json as RequestFile;
}
