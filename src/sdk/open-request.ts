import { z } from 'zod';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { type AnyRequest, parseAnyRequest, requestsOf } from '../request/any-request.ts';
import { statementRegistry } from '../statements/registry.ts';
import type { PresentationFile } from './answers.ts';
import { type ConnectionOptions, connect } from './connection.ts';

export interface OpenRequestOptions extends Omit<ConnectionOptions, 'url'> {
  /**
   * Origins of services that open requests in others' names: what they say of who asks is believed.
   * A request found anywhere else must be in the name of the origin it was found at.
   */
  readonly trusted?: readonly string[];
  readonly signal?: AbortSignal | undefined;
}

/** A request, and where its answer goes. */
export interface FoundRequest {
  readonly request: AnyRequest;
  /** Who asks. */
  readonly audience: string;
  /** Where it was found. */
  readonly origin: string;
  readonly responseUri: string;
  readonly state: string;
}

/** What of an authorization request counts here; who asks, and what, is in `canbao_request`. */
const authorizationRequest = z.object({
  response_type: z.literal('vp_token'),
  response_mode: z.literal('direct_post'),
  client_id: z.string(),
  response_uri: z.url(),
  state: z.string().max(100),
  canbao_request: z.unknown(),
});

/**
 * Fetches the request a link leads to: `openid4vp://…`, the page of a service, or the request itself.
 * A request is refused that is in the name of another origin than the one it was found at, unless
 * that one is trusted; and one whose answer would go elsewhere.
 *
 * @example
 * ```ts
 * const found = await openRequest(link, { trusted: ['https://canbao.example'] });
 * ```
 * @throws sdk.bad_link, sdk.foreign_request, sdk.bad_answer, sdk.unreachable; what `parseRequest`
 * throws; request.answered, request.cancelled, request.expired
 */
export async function openRequest(
  link: string,
  options: OpenRequestOptions = {},
): Promise<FoundRequest> {
  const { trusted = [], signal } = options;
  const uri = requestUri(link);
  const connection = connect({ ...options, url: uri.origin });
  const { origin } = connection;
  const path = `${uri.pathname}${uri.search}`;
  const answer = authorizationRequest.safeParse(
    await connection.call({ method: 'GET', path, signal }),
  );
  const bad = (reason: string) => new CanbaoError('sdk.bad_answer', { origin, reason });
  if (!answer.success) throw bad(firstIssue(answer.error));
  const { response_uri: responseUri, client_id: client, state, canbao_request } = answer.data;
  if (client !== `redirect_uri:${responseUri}`) throw bad('its client_id is not its response_uri');
  if (new URL(responseUri).origin !== origin) throw bad('its answer would go elsewhere');

  const request = parseAnyRequest(canbao_request, statementRegistry);
  const audience = requestsOf(request)[0]?.audience ?? '';
  if (audience !== origin && !trusted.includes(origin)) {
    throw new CanbaoError('sdk.foreign_request', { audience, origin });
  }
  return { request, audience, origin, responseUri, state };
}

/** What became of an answer. */
export interface ResponseAnswer {
  readonly verified: boolean;
  readonly reason: string;
  /** The reason as a sentence. */
  readonly text: string;
  /** Where the holder's browser goes on to. */
  readonly redirectUri?: string;
}

/**
 * Hands a presentation in, once: where it fails with `sdk.unreachable`, it may have arrived. A false
 * answer leaves the request open.
 * @throws request.answered, request.cancelled, request.expired, presentation.malformed
 */
export async function respond(
  { responseUri, state }: FoundRequest,
  presentation: PresentationFile | object,
  options: Omit<OpenRequestOptions, 'trusted'> = {},
): Promise<ResponseAnswer> {
  const { origin, pathname, search } = new URL(responseUri);
  const answer = (await connect({ ...options, url: origin }).call({
    method: 'POST',
    path: `${pathname}${search}`,
    body: { vp_token: presentation, state },
    signal: options.signal,
  })) as Omit<ResponseAnswer, 'redirectUri'> & { redirect_uri?: string };
  const { verified, reason, text, redirect_uri: redirectUri } = answer;
  return { verified, reason, text, ...(redirectUri !== undefined && { redirectUri }) };
}

/** @throws sdk.bad_link */
function requestUri(link: string): URL {
  const bad = (reason: string) => new CanbaoError('sdk.bad_link', { reason });
  if (!URL.canParse(link)) throw bad('it is no address');
  const url = new URL(link);
  if (url.protocol === 'openid4vp:') {
    const inner = url.searchParams.get('request_uri') ?? '';
    if (!URL.canParse(inner) || !/^https?:/.test(inner)) throw bad('it has no request_uri');
    return new URL(inner);
  }
  if (!/^https?:$/.test(url.protocol)) throw bad(url.protocol);
  const page = /^\/r\/([\w-]{22})$/.exec(url.pathname);
  return page ? new URL(`/v1/requests/${page[1]}`, url.origin) : url;
}
