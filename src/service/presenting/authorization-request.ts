import { keccak256, stringToBytes } from 'viem/utils';
import {
  type AnyRequest,
  encodeAnyRequest,
  isRequestSet,
  requestsOf,
} from '../../request/any-request.ts';
import { credentialId } from './vp-token.ts';

/** Of each proof, alone: a set is answered by one a request. */
const CREDENTIAL_FORMAT = 'canbao/presentation@1';

/** Where wallets read a request and send its answer. */
export function requestUris(origin: string, id: string) {
  const requestUri = `${origin}/v1/requests/${id}`;
  const responseUri = `${requestUri}/response`;
  const clientId = `redirect_uri:${responseUri}`;
  const query = new URLSearchParams({ client_id: clientId, request_uri: requestUri });
  return {
    requestUri,
    responseUri,
    clientId,
    link: `openid4vp://?${query}`,
    page: `${origin}/r/${id}`,
  };
}

/**
 * A request shaped as an authorization request of OpenID4VP 1.0. Its `client_id` only says where the
 * answer goes, as that prefix does for requests nobody signed; who asks, and what exactly, is in
 * `canbao_request`, whose every word the holder's signature and the proof are bound to.
 */
export function authorizationRequest(origin: string, id: string, request: AnyRequest) {
  const { responseUri, clientId } = requestUris(origin, id);
  const requests = requestsOf(request);
  const ids = requests.map((_, index) => credentialId(index));
  const isAny = isRequestSet(request) && request.mode === 'any';
  return {
    response_type: 'vp_token' as const,
    response_mode: 'direct_post' as const,
    client_id: clientId,
    response_uri: responseUri,
    nonce: nonceOf(request),
    state: id,
    dcql_query: {
      credentials: requests.map(({ statement }, index) => ({
        id: credentialId(index),
        format: CREDENTIAL_FORMAT as typeof CREDENTIAL_FORMAT,
        meta: { statement },
      })),
      // Without credential sets all credentials are asked for.
      ...(isAny && { credential_sets: [{ options: ids.map((one) => [one]), required: true }] }),
    },
    canbao_request: encodeAnyRequest(request),
  };
}

/** The nonce of a request; requests of a set have one each, and their hash stands for them all. */
function nonceOf(request: AnyRequest): string {
  const nonces = requestsOf(request).map(({ nonce }) => nonce);
  return nonces.length === 1 ? (nonces[0] ?? '') : keccak256(stringToBytes(nonces.join(' ')));
}
