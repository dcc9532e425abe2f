import { systemClock } from '../core/clock.ts';
import type { Prover } from '../groth16/prover.ts';
import { type AnyProvingTask, createAnyPresentation } from '../prove/create-any.ts';
import { encodeAnyPresentation } from '../request/any-request.ts';
import { statementRegistry } from '../statements/registry.ts';
import type { PresentationFile } from './answers.ts';

export interface ProveOptions
  extends Pick<
    AnyProvingTask,
    'request' | 'opening' | 'holderKeys' | 'artifacts' | 'choice' | 'onProgress' | 'abort'
  > {
  /** Default: our own, on all cores, started and ended here. Give one to keep it for more proofs. */
  readonly prover?: Prover | undefined;
}

/**
 * Proves, on this device, that a record satisfies a request. Nothing leaves it. Who does not qualify
 * is refused before anything is proven, with the reason (`refusalOf`, `setFailuresOf`).
 *
 * @example
 * ```ts
 * const presentation = await prove({ request, opening, holderKeys, artifacts });
 * ```
 * @returns a presentation file
 * @throws request.expired, holder.wrong_key, statement.not_satisfied, request_set.not_satisfied,
 * request_set.bad_choice, prove.aborted, and what `artifacts` throws
 */
export async function prove({ prover, ...task }: ProveOptions): Promise<PresentationFile> {
  const own = prover ?? (await import('../groth16/engine/wasm-prover.ts')).wasmProver();
  try {
    const world = { statements: statementRegistry, prover: own, clock: systemClock };
    return encodeAnyPresentation(await createAnyPresentation({ ...task, ...world }));
  } finally {
    if (!prover) await own.close();
  }
}
