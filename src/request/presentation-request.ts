import { bytesToHex } from 'viem/utils';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { firstIssue } from '../core/json.ts';
import { type RandomBytes, systemRandom } from '../core/random.ts';
import { assertAudience, assertPurpose } from './audience.ts';
import {
  assertParams,
  encodeParams,
  type Params,
  type ParamsLayout,
  type ParamsLayouts,
} from './params.ts';
import { type PresentationRequestJson, REQUEST_FORMAT, requestSchema } from './request-format.ts';

/** The chain and registry a request's signature is bound to (EIP-712). */
export interface RequestDomain {
  readonly chainId: number;
  /** Address of the EpochRegistry, lower case. */
  readonly verifyingContract: `0x${string}`;
}

/** What a verifier asks to be proven. Scope, params word and hash are derived, never stored. */
export interface PresentationRequest {
  readonly domain: RequestDomain;
  /** `coverage@1`. */
  readonly statement: string;
  readonly params: Params;
  /** An https origin or a CAIP-10 account: see `assertAudience`. */
  readonly audience: string;
  readonly purpose: string;
  /** 32 bytes. */
  readonly nonce: `0x${string}`;
  /** Unix seconds; from this moment on the request counts no more. */
  readonly expiresAt: number;
}

export interface NewRequest extends Omit<PresentationRequest, 'statement' | 'nonce'> {
  readonly statement: ParamsLayout;
  readonly nonce?: `0x${string}`;
}

/**
 * Makes a request with a fresh nonce.
 * @throws statement.bad_params, request.bad_audience, request.bad_purpose, request.malformed
 */
export function createRequest(
  { statement, nonce, ...rest }: NewRequest,
  randomness: RandomBytes = systemRandom,
): PresentationRequest {
  const request = {
    ...rest,
    statement: statement.name,
    nonce: nonce ?? bytesToHex(randomness(32)),
  };
  // The same road as a request that came from elsewhere, so that none is made that none accepts.
  return parseRequest(encodeRequest(request), { get: () => statement });
}

/** The request file: `canbao/request@1`. */
export function encodeRequest(request: PresentationRequest): PresentationRequestJson {
  const { domain, statement, params, audience, purpose, nonce, expiresAt } = request;
  return {
    format: REQUEST_FORMAT,
    domain: { chainId: domain.chainId, verifyingContract: domain.verifyingContract },
    statement,
    params: encodeParams(params),
    audience,
    purpose,
    nonce,
    expiresAt,
  };
}

/**
 * Reads a request file, strictly. Whether it has expired is for whoever acts on it.
 * @throws request.malformed, request.bad_audience, request.bad_purpose, statement.unknown,
 * statement.bad_params
 */
export function parseRequest(json: unknown, statements: ParamsLayouts): PresentationRequest {
  const parsed = requestSchema.safeParse(json);
  if (!parsed.success) {
    throw new CanbaoError('request.malformed', { reason: firstIssue(parsed.error) });
  }
  const { format: _, ...request } = parsed.data;
  assertAudience(request.audience);
  assertPurpose(request.purpose);
  const statement = statements.get(request.statement);
  if (!statement) throw new CanbaoError('statement.unknown', { statement: request.statement });
  assertParams(statement, request.params);
  return request;
}
