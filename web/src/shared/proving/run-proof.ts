import type { Prover } from '../../../../src/groth16/prover.ts';
import { isRequestSet, requestsOf } from '../../../../src/request/any-request.ts';
import { prove } from '../../../../src/sdk/prove.ts';
import { pageArtifacts } from '../artifacts.ts';
import { type ProofOutcome, type ProofProgress, type ProofTask, tellError } from './proof-task.ts';

export interface ProofRun {
  readonly onProgress: (progress: ProofProgress) => void;
  readonly abort: AbortSignal;
}

/** Fetches what is needed and proves, wherever it is called. */
export async function runProof(
  task: ProofTask,
  prover: Prover,
  { onProgress, abort }: ProofRun,
): Promise<ProofOutcome> {
  try {
    const { production, ...proof } = task;
    const { request, choice } = task;
    const artifacts = await pageArtifacts({
      acceptDevelopmentKeys: !production,
      onProgress: ({ loaded, total }) =>
        onProgress({ stage: 'files', share: total === 0 ? 0 : loaded / total }),
    });
    const requests = requestsOf(request);
    const isAny = isRequestSet(request) && request.mode === 'any';
    const asked = choice === undefined ? (isAny ? [] : requests) : [requests[choice]];
    // Before the first proof, so that its bar begins once.
    await Promise.all(asked.map((one) => one && artifacts(one.statement)));
    const proofs = isAny ? 1 : requests.length;
    const presentation = await prove({
      ...{ ...proof, prover, artifacts, abort },
      onProgress: ({ share, index }) =>
        onProgress({ stage: 'proof', share: isAny ? share : (index + share) / proofs }),
    });
    return { presentation };
  } catch (error) {
    return tellError(error);
  }
}
