import { toMonthIndex } from '../../src/core/month.ts';
import { wasmProver } from '../../src/groth16/engine/wasm-prover.ts';
import { deriveHolderKeys, type HolderKeys } from '../../src/holder/keys.ts';
import { openKeyStore, type StatementKeys } from '../../src/keys/key-store.ts';
import type { AccountOpening } from '../../src/ledger/epoch.ts';
import { createPresentation } from '../../src/prove/create-presentation.ts';
import type { Presentation } from '../../src/request/presentation.ts';
import type { PresentationRequest } from '../../src/request/presentation-request.ts';
import { statementRegistry } from '../../src/statements/registry.ts';
import type { VerifierPorts } from '../../src/verify/ports.ts';
import type { EpochStatus } from '../../src/verify/verdict.ts';
import { EPOCH_MONTH, openingOf, sampleAccount } from './opening.ts';
import { coverageStatement, NOW, sampleRequest } from './request.ts';

/** The holder of {@link sampleOpening}. */
export const sampleHolder: HolderKeys = deriveHolderKeys(new Uint8Array(32).fill(1));
export const sampleOpening: AccountOpening = openingOf(sampleAccount(), sampleHolder.commitment);

const keyStore = openKeyStore({ production: false });

/** Keys of coverage@1; the first time, circom and the development setup run: half a minute. */
export function coverageKeys(): Promise<StatementKeys> {
  return keyStore.get('coverage@1');
}

/** Proves that {@link sampleOpening} satisfies a request; some seconds. */
export async function samplePresentation(
  request: PresentationRequest = sampleRequest(),
): Promise<Presentation> {
  const prover = wasmProver();
  try {
    return await createPresentation({
      request,
      opening: sampleOpening,
      holderKeys: sampleHolder,
      statement: coverageStatement(),
      artifacts: (await coverageKeys()).artifacts,
      prover,
      clock: () => NOW,
    });
  } finally {
    await prover.close();
  }
}

/** A verifier that knows one root: the sample's, published a day ago, with `status` on top. */
export function samplePorts(status: Partial<EpochStatus> = {}): VerifierPorts {
  const epoch: EpochStatus = {
    month: toMonthIndex(EPOCH_MONTH),
    revision: 0,
    publishedAt: NOW - 86_400,
    ...status,
  };
  return {
    statements: statementRegistry,
    keys: { get: coverageKeys },
    clock: () => NOW,
    epochs: {
      lookup: async (root) => (root === sampleOpening.epoch.root ? epoch : undefined),
    },
  };
}
