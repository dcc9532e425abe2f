import { monthIndex } from '../../../src/core/month.ts';
import { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import { openingByIdNumber } from '../../../src/ledger/build/epoch-opening.ts';
import { wasmPoseidon } from '../../../src/ledger/build/poseidon-wasm.ts';
import { latestEpoch } from '../../../src/ledger/store/epochs.ts';
import { createAnyPresentation } from '../../../src/prove/create-any.ts';
import { type AnyRequest, encodeAnyPresentation } from '../../../src/request/any-request.ts';
import type { PresentationJson } from '../../../src/request/presentation.ts';
import {
  createRequest,
  type PresentationRequest,
} from '../../../src/request/presentation-request.ts';
import { createRequestSet, type RequestSet } from '../../../src/request/request-set.ts';
import { statementRegistry } from '../../../src/statements/registry.ts';
import { coverageStatement } from '../../support/request.ts';
import type { TestService } from '../service.ts';

export const AUDIENCE = 'https://tender.test';
export const PURPOSE = '投标人员 2026';

/** Pension for so many months of 2021: `steady-employee` and others of the sample have them. */
export function pensionParams(minMonths = 6n) {
  return {
    identityBefore: 0n,
    insurance: 0n,
    minMonths,
    from: BigInt(monthIndex(2021, 1)),
    to: BigInt(monthIndex(2021, 12)),
    maxLateMonths: 12n,
    region: 0n,
    employer: 0n,
  };
}

const shared = ({ service }: TestService) => ({
  domain: service.chain.domain,
  audience: AUDIENCE,
  purpose: PURPOSE,
  expiresAt: service.clock() + 3600,
});

export function pensionRequest(canbao: TestService): PresentationRequest {
  return createRequest({
    ...shared(canbao),
    statement: coverageStatement(),
    params: pensionParams(),
  });
}

export function pensionRequestSet(canbao: TestService): RequestSet {
  const statement = coverageStatement();
  const asks = [6n, 7n].map((minMonths) => ({ statement, params: pensionParams(minMonths) }));
  return createRequestSet({ ...shared(canbao), mode: 'all', asks });
}

/** A real answer of a person of the sample, as JSON; some seconds. */
export async function present<T = PresentationJson>(
  { service, holder }: TestService,
  role: string,
  request: AnyRequest,
): Promise<T> {
  const { store, pepper } = service.bureau;
  const { idNumber, keys } = holder(role);
  const epoch = await latestEpoch(store);
  if (!epoch) throw new RangeError('no month is closed');
  const prover = wasmProver();
  try {
    const presentation = await createAnyPresentation({
      request,
      opening: await openingByIdNumber(store, { idNumber, pepper }, epoch, await wasmPoseidon()),
      holderKeys: keys,
      statements: statementRegistry,
      artifacts: async (statement) => (await service.keys.get(statement)).artifacts,
      prover,
      clock: service.clock,
    });
    return encodeAnyPresentation(presentation) as T;
  } finally {
    await prover.close();
  }
}
