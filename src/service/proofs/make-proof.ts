import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Prover } from '../../groth16/prover.ts';
import { createAnyPresentation } from '../../prove/create-any.ts';
import { readDelegation } from '../../prove/delegation.ts';
import { encodeAnyPresentation } from '../../request/any-request.ts';
import { statementRegistry } from '../../statements/registry.ts';
import { ownerOfKey } from '../holders/key-owner.ts';
import { ownOpening } from '../holders/own-opening.ts';
import type { Service } from '../service.ts';
import type { ClaimedJob } from './job-states.ts';
import { throughCuts } from './through-cuts.ts';

export interface ProofRun {
  readonly prover: Prover;
  readonly abort: AbortSignal;
  /** @param share 0 to 1 */
  readonly onProgress: (share: number) => void;
}

/**
 * Makes the proof a holder ordered, from the bureau's own record of them.
 * @returns the presentation file
 * @throws service.unsealable, holder.superseded, and what `ownOpening` and `createAnyPresentation`
 * throw
 */
export async function makeProof(
  service: Service,
  { inputs, commitment }: ClaimedJob,
  { prover, abort, onProgress }: ProofRun,
): Promise<unknown> {
  const { seal, bureau, keys, clock } = service;
  const order = JSON.parse(new TextDecoder().decode(seal.open(inputs)));
  const { request, choice, authorization } = readDelegation(order, statementRegistry);
  // Rows may be mixed up by whoever can write the database; what is sealed cannot.
  if (authorization.commitment !== commitment) throw new CanbaoError('holder.wrong_key');
  const opening = await throughCuts(async () => {
    const owned = await ownerOfKey(bureau.store.db, commitment);
    if (!owned?.isPresent) throw new CanbaoError('holder.superseded');
    return ownOpening(service, { commitment, owner: owned.owner });
  });
  const presentation = await createAnyPresentation({
    ...{ request, choice, opening, holderKeys: authorization, prover, clock, abort },
    statements: statementRegistry,
    artifacts: async (statement) => (await keys.get(statement)).artifacts,
    onProgress: ({ share }) => onProgress(share),
  });
  return encodeAnyPresentation(presentation);
}
