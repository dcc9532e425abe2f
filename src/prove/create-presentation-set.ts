import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { ProvingArtifacts, ProvingProgress } from '../groth16/prover.ts';
import { nullifierOf } from '../holder/keys.ts';
import type { PresentationSet, SetProof } from '../request/presentation-set.ts';
import { scopeOf } from '../request/request-hash.ts';
import type { RequestSet } from '../request/request-set.ts';
import type { StatementRegistry } from '../statements/registry-port.ts';
import { checkRequestSet, setNotSatisfied } from './check-request-set.ts';
import type { ProvingTask } from './create-presentation.ts';
import { assertHolder, assertNotExpired, createPresentation } from './create-presentation.ts';

/** How far a set is proven. */
export interface SetProgress extends ProvingProgress {
  /** Of the whole set, 0 to 1. */
  readonly share: number;
  /** Request being proven, by its index in the set. */
  readonly index: number;
}

export interface SetProvingTask
  extends Pick<ProvingTask, 'opening' | 'holderKeys' | 'prover' | 'clock' | 'abort'> {
  readonly requestSet: RequestSet;
  readonly statements: Pick<StatementRegistry, 'get'>;
  /** Of a statement, checked against the manifest; asked for one after another, as proofs need them. */
  readonly artifacts: (statement: string) => Promise<ProvingArtifacts> | ProvingArtifacts;
  /** For `any`: index of the request to answer; left out = the first satisfied. */
  readonly choice?: number | undefined;
  readonly onProgress?: ((progress: SetProgress) => void) | undefined;
}

/**
 * Proves that the holder's record satisfies a request set: all of its requests, or for `any` one.
 * Every request is checked before the first proof is begun, and all that fail are told
 * (`setFailuresOf`).
 * @throws request_set.not_satisfied, request_set.bad_choice, and what `createPresentation` throws
 */
export async function createPresentationSet(task: SetProvingTask): Promise<PresentationSet> {
  const { requestSet, opening, holderKeys, statements, choice, artifacts, onProgress } = task;
  const { prover, clock, abort } = task;
  const [first] = requestSet.requests;
  if (!first) throw new CanbaoError('request_set.malformed', { reason: 'it is empty' });
  assertNotExpired(first, clock);
  assertHolder(opening, holderKeys);
  const check = checkRequestSet(requestSet, opening, statements, choice);
  if (!check.satisfied) throw setNotSatisfied(check);

  const { chosen } = check;
  const proofs: SetProof[] = [];
  for (const { index, request, statement } of chosen) {
    const done = proofs.length;
    const { proof } = await createPresentation({
      ...{ request, opening, holderKeys, statement, prover, clock, abort },
      artifacts: await artifacts(statement.name),
      onProgress: ({ stage, share }) =>
        onProgress?.({ stage, share: (done + share) / chosen.length, index }),
    });
    proofs.push({ index, proof });
  }
  const scope = scopeOf(first.audience, first.purpose);
  return {
    requestSet,
    epochRoot: opening.epoch.root,
    nullifier: nullifierOf(holderKeys.nullifierKey, scope),
    proofs,
  };
}
