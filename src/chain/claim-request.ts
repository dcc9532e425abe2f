import type { Hex } from 'viem';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Params, ParamsLayout } from '../request/params.ts';
import {
  createRequest,
  type PresentationRequest,
  type RequestDomain,
} from '../request/presentation-request.ts';
import { type ClaimRule, claimNonce } from './claim-rules.ts';
import { contractAudience } from './statement-verifier.ts';

export interface ClaimRequestOptions {
  readonly domain: RequestDomain;
  readonly contract: Hex;
  readonly rule: ClaimRule;
  /** Its number, from 0. */
  readonly number: number;
  readonly statement: ParamsLayout;
  /** What the rule leaves open, by field name. */
  readonly open: Params;
  /** 32 bytes: a hash only the holder can open. */
  readonly deliverTo: Hex;
  /** Unix seconds. */
  readonly expiresAt: number;
}

/**
 * The request whose answer is a claim: what the rule fixes, what it leaves open as told, and nothing
 * that it knows nothing of.
 * @throws chain.bad_value for a field the rule leaves open and nobody told, or told outside of it
 */
export function claimRequest(options: ClaimRequestOptions): PresentationRequest {
  const { domain, contract, rule, number, statement, open, deliverTo, expiresAt } = options;
  return createRequest({
    ...{ domain, statement, expiresAt, purpose: rule.purpose },
    audience: contractAudience(domain.chainId, contract),
    nonce: claimNonce(number, deliverTo),
    params: paramsFor(rule, statement, open),
  });
}

function paramsFor({ fields }: ClaimRule, statement: ParamsLayout, open: Params): Params {
  const params: Record<string, bigint> = {};
  let place = 0;
  for (const [name, bits] of Object.entries(statement.params)) {
    const field = fields.find(({ shift }) => shift === place);
    place += bits;
    const value = field && (field.min === field.max ? field.min : open[name]);
    if (field && (value === undefined || value < field.min || value > field.max)) {
      const reason = `${name} must be ${field.min} to ${field.max}`;
      throw new CanbaoError('chain.bad_value', { reason });
    }
    params[name] = value ?? 0n;
  }
  return params;
}
