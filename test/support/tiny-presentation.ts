import { hashTypedData, keccak256, stringToBytes } from 'viem';
import type {
  ContractPresentation,
  ContractRequest,
} from '../../src/chain/contract-presentation.ts';
import { canbaoDomain, type RegistryDomain } from '../../src/chain/epoch-commitment.ts';
import { statementId } from '../../src/request/request-hash.ts';
import { tinyProof } from './tiny-proof.ts';

/** Written here again, and not taken from `src/request`, so that a drift of the two shows. */
export const requestTypes = {
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

export function scopeOf(audience: string, purpose: string): bigint {
  return BigInt(keccak256(stringToBytes(`canbao/scope/v1:${audience}:${purpose}`))) >> 3n;
}

export function requestHashFor(domain: RegistryDomain, request: ContractRequest): bigint {
  const digest = hashTypedData({
    domain: canbaoDomain(domain),
    types: requestTypes,
    primaryType: 'PresentationRequest',
    message: request,
  });
  return BigInt(digest) >> 3n;
}

/** A request in order but for `changes`; the scope follows audience and purpose. */
export function tinyRequest(
  changes: Partial<ContractRequest> & Pick<ContractRequest, 'audience' | 'expiresAt'>,
): ContractRequest {
  const purpose = changes.purpose ?? 'rent-subsidy-2026';
  return {
    statement: statementId('coverage@1'),
    params: 19n,
    scope: scopeOf(changes.audience, purpose),
    purpose,
    nonce: `0x${'5a'.repeat(32)}`,
    ...changes,
  };
}

/** The request answered with a real proof of the tiny circuit. */
export async function tinyPresentation(
  domain: RegistryDomain,
  request: ContractRequest,
  epochRoot: bigint,
): Promise<ContractPresentation> {
  const { proof, signals } = await tinyProof({
    epochRoot,
    scope: request.scope,
    requestHash: requestHashFor(domain, request),
    params: request.params,
  });
  return { request, epochRoot, nullifier: signals[0], proof };
}
