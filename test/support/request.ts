import { monthIndex } from '../../src/core/month.ts';
import {
  createRequest,
  type NewRequest,
  type PresentationRequest,
} from '../../src/request/presentation-request.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import { statementRegistry } from '../../src/statements/registry.ts';

/** A moment at which the sample request has not expired. */
export const NOW = 1_800_000_000;

export function coverageStatement(): Statement {
  const statement = statementRegistry.get('coverage@1');
  if (!statement) throw new Error('coverage@1 is not registered');
  return statement;
}

/** Pension paid in Xiamen for 12 of 24 months from 2020-01: `sampleAccount` satisfies it. */
export const sampleParams = {
  identityBefore: 0n,
  insurance: 0n,
  minMonths: 12n,
  from: BigInt(monthIndex(2020, 1)),
  to: BigInt(monthIndex(2021, 12)),
  maxLateMonths: 5n,
  region: 350_200n,
  employer: 0n,
} as const;

export function sampleRequest(change: Partial<NewRequest> = {}): PresentationRequest {
  return createRequest({
    statement: coverageStatement(),
    domain: { chainId: 31_337, verifyingContract: `0x${'1a'.repeat(20)}` },
    params: sampleParams,
    audience: 'https://rent.example.org',
    purpose: '租房补贴 2026',
    nonce: `0x${'0b'.repeat(32)}`,
    expiresAt: NOW + 3600,
    ...change,
  });
}
