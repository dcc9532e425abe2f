import type { RequestDomain } from '../../src/request/presentation-request.ts';
import {
  createRequestSet,
  type NewRequestSet,
  type RequestSet,
} from '../../src/request/request-set.ts';
import type { Statement } from '../../src/statements/define-statement.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import { coverageStatement, NOW, sampleParams } from './request.ts';

export function statementOf(name: string): Statement {
  const statement = statementRegistry.get(name);
  if (!statement) throw new Error(`${name} is not registered`);
  return statement;
}

/** The sample holder paid 24 months: 12 are shown, 25 are not. */
export const asks = {
  coverage: { statement: coverageStatement(), params: sampleParams },
  tooLong: { statement: coverageStatement(), params: { ...sampleParams, minMonths: 25n } },
  noBenefit: {
    statement: statementOf('benefit-status@1'),
    params: { identityBefore: 0n, benefit: 2n, isReceiving: 0n },
  },
  pensioner: {
    statement: statementOf('benefit-status@1'),
    params: { identityBefore: 0n, benefit: 0n, isReceiving: 1n },
  },
  employer: {
    statement: statementOf('employer-standing@1'),
    params: {
      ...{ identityBefore: 0n, employer: 0n, minPeople: 0n, isArrearsFree: 1n },
      ...{ from: 1500n, to: 1510n },
    },
  },
} as const;

export const sampleDomain: RequestDomain = {
  chainId: 31_337,
  verifyingContract: `0x${'1a'.repeat(20)}`,
};

export function sampleRequestSet(change: Partial<NewRequestSet> = {}): RequestSet {
  return createRequestSet({
    mode: 'all',
    asks: [asks.coverage, asks.noBenefit],
    domain: sampleDomain,
    audience: 'https://rent.example.org',
    purpose: '租房补贴 2026',
    expiresAt: NOW + 3600,
    ...change,
  });
}
