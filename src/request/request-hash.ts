import { hashTypedData, keccak256, stringToBytes } from 'viem/utils';
import {
  type RequestHash,
  type Scope,
  type StatementId,
  toRequestHash,
  toScope,
  toStatementId,
} from '../core/brands.ts';
import type { Fr } from '../core/field.ts';
import { type ParamsLayout, packParams } from './params.ts';
import type { PresentationRequest } from './presentation-request.ts';

/** EIP-712 type that a holder's signature, and a contract, bind a request with. */
const requestTypes = {
  PresentationRequest: [
    { name: 'statement', type: 'bytes32' },
    { name: 'params', type: 'uint256' },
    { name: 'scope', type: 'uint256' },
    { name: 'audience', type: 'string' },
    { name: 'purpose', type: 'string' },
    { name: 'nonce', type: 'bytes32' },
    { name: 'expiresAt', type: 'uint64' },
  ],
} as const;

/** The public signals a request determines. */
export interface RequestSignals {
  readonly scope: Scope;
  readonly requestHash: RequestHash;
  readonly params: Fr;
}

/** `keccak256("coverage@1")`: a statement's name in contracts and in the request hash. */
export function statementId(name: string): StatementId {
  return toStatementId(keccak256(stringToBytes(name)));
}

/** `keccak256("canbao/scope/v1:" + audience + ":" + purpose) >> 3`: what a nullifier is unique in. */
export function scopeOf(audience: string, purpose: string): Scope {
  return toScope(cut(keccak256(stringToBytes(`canbao/scope/v1:${audience}:${purpose}`))));
}

/** The message a wallet or a contract hashes by EIP-712, params packed and scope derived. */
export function requestTypedData(request: PresentationRequest, statement: ParamsLayout) {
  const { domain, audience, purpose, nonce, expiresAt } = request;
  return {
    domain: { name: 'Canbao', version: '1', ...domain },
    types: requestTypes,
    primaryType: 'PresentationRequest',
    message: {
      statement: statementId(statement.name),
      params: packParams(statement, request.params),
      scope: scopeOf(audience, purpose),
      audience,
      purpose,
      nonce,
      expiresAt: BigInt(expiresAt),
    },
  } as const;
}

/** EIP-712 digest `>> 3`. @throws statement.bad_params */
export function requestHash(request: PresentationRequest, statement: ParamsLayout): RequestHash {
  return toRequestHash(cut(hashTypedData(requestTypedData(request, statement))));
}

/** @throws statement.bad_params */
export function requestSignals(
  request: PresentationRequest,
  statement: ParamsLayout,
): RequestSignals {
  return {
    scope: scopeOf(request.audience, request.purpose),
    requestHash: requestHash(request, statement),
    params: packParams(statement, request.params),
  };
}

/** 256 bits to 253, so that a hash is a canonical field element. */
function cut(digest: `0x${string}`): bigint {
  return BigInt(digest) >> 3n;
}
