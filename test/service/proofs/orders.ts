import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../../../src/core/clock.ts';
import { monthIndex } from '../../../src/core/month.ts';
import { createDelegation } from '../../../src/prove/delegation.ts';
import type { AnyRequest } from '../../../src/request/any-request.ts';
import { createRequest } from '../../../src/request/presentation-request.ts';
import { createRequestSet, type RequestSet } from '../../../src/request/request-set.ts';
import type { SampleHolder } from '../../../src/service/sample-ledger.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import type { TestService } from '../service.ts';

/** At least so many months of pension insurance, of all there are. */
export function months({ service }: TestService, minMonths: number, expiresAt = later()) {
  return createRequest({ ...shared(service, expiresAt), ...coverage(minMonths) });
}

/** At least so many months, and so many. */
export function monthsSet(
  { service }: TestService,
  mode: RequestSet['mode'],
  ...counts: readonly number[]
) {
  return createRequestSet({ ...shared(service, later()), mode, asks: counts.map(coverage) });
}

const later = () => systemClock() + 3600;
const shared = ({ chain }: TestService['service'], expiresAt: number) => ({
  audience: 'https://bank.example',
  purpose: 'Mortgage',
  domain: chain.domain,
  expiresAt,
});

function coverage(minMonths: number) {
  const statement = statementRegistry.get('coverage@1');
  if (!statement) throw new Error('no such statement');
  const params = {
    ...{ identityBefore: 0n, insurance: 0n, minMonths: BigInt(minMonths), maxLateMonths: 1023n },
    ...{ from: BigInt(monthIndex(1990, 1)), to: BigInt(monthIndex(2026, 10)) },
    ...{ region: 0n, employer: 0n },
  };
  return { statement, params };
}

/** Orders a proof over HTTP. */
export function order(
  { app }: TestService,
  headers: object,
  { keys }: Pick<SampleHolder, 'keys'>,
  request: AnyRequest,
  choice?: number,
) {
  const payload = createDelegation(request, keys, statementRegistry, choice);
  return app.inject({ method: 'POST', url: '/v1/proofs', headers: { ...headers }, payload });
}

/** How a proof stands once it has ended. */
export async function ended({ app }: TestService, headers: object, id: string) {
  for (;;) {
    const answer = await app.inject({ url: `/v1/proofs/${id}`, headers: { ...headers } });
    const body = answer.json();
    if (answer.statusCode !== 200) throw new Error(answer.body);
    if (body.endedAt !== undefined) return body;
    await pause(50);
  }
}
