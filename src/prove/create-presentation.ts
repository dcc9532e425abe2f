import type { Clock } from '../core/clock.ts';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { Prover, ProvingArtifacts, ProvingProgress } from '../groth16/prover.ts';
import { decodeVerificationKey } from '../groth16/verification-key.ts';
import { verifyProof } from '../groth16/verify-proof.ts';
import { verificationKeyFromZkey } from '../groth16/zkey.ts';
import { nullifierOf } from '../holder/keys.ts';
import { type Presentation, publicSignals } from '../request/presentation.ts';
import type { PresentationRequest } from '../request/presentation-request.ts';
import { requestSignals } from '../request/request-hash.ts';
import type { Opening, Statement } from '../statements/define-statement.ts';
import { statementSignals } from '../statements/judge.ts';
import { type ProvingHolder, signatureOver } from './authorization.ts';
import { checkRequest, notSatisfied } from './check-request.ts';
import { circuitInputs } from './circuit-inputs.ts';

export interface ProvingTask {
  readonly request: PresentationRequest;
  /** The holder's record under a closed month, as `decodeBundle` gives it. */
  readonly opening: Opening;
  /** The holder's keys, or what the holder signed for this request. */
  readonly holderKeys: ProvingHolder;
  readonly statement: Statement;
  /** The statement's, checked once against the manifest by `assertArtifacts`. */
  readonly artifacts: ProvingArtifacts;
  readonly prover: Prover;
  readonly clock: Clock;
  readonly onProgress?: ((progress: ProvingProgress) => void) | undefined;
  readonly abort?: AbortSignal | undefined;
}

/**
 * Proves that the holder's record satisfies a request. A record that does not is refused before
 * any proving, with the reason ({@link refusalOf}); the proof is verified before it is returned.
 * @throws request.expired, holder.wrong_key, delegation.not_signed, statement.not_satisfied,
 * statement.bad_params, prove.unsatisfied where the record contradicts its root or another request
 * was signed, prove.failed, prove.aborted
 */
export async function createPresentation(task: ProvingTask): Promise<Presentation> {
  const { request, opening, holderKeys, statement, artifacts, prover, onProgress, abort } = task;
  assertProvable(task);
  const signals = requestSignals(request, statement);
  const inputs = circuitInputs({
    opening,
    holderKeys,
    signature: signatureOver(holderKeys, signals.requestHash),
    request: signals,
    own: statementSignals(statement, opening, request.params),
  });
  const output = await prover.prove({ ...artifacts, signals: inputs, onProgress, abort });

  const presentation: Presentation = {
    request,
    epochRoot: opening.epoch.root,
    nullifier: nullifierOf(holderKeys.nullifierKey, signals.scope),
    proof: output.proof,
  };
  const expected = publicSignals(presentation, statement);
  if (!expected.every((signal, i) => signal === output.publicSignals[i])) {
    throw new CanbaoError('prove.failed', { reason: 'its public signals are not the expected' });
  }
  const key = decodeVerificationKey(verificationKeyFromZkey(artifacts.zkey));
  if (!(await verifyProof(key, expected, output.proof))) {
    throw new CanbaoError('prove.failed', { reason: 'it does not verify' });
  }
  return presentation;
}

function assertProvable({ request, opening, holderKeys, statement, clock }: ProvingTask): void {
  if (request.statement !== statement.name) {
    throw new CanbaoError('statement.unknown', { statement: request.statement });
  }
  assertNotExpired(request, clock);
  assertHolder(opening, holderKeys);
  const checked = checkRequest(request, opening, statement);
  if (!checked.satisfied) throw notSatisfied(statement, checked);
}

/** @throws request.expired */
export function assertNotExpired({ expiresAt }: PresentationRequest, clock: Clock): void {
  if (clock() < expiresAt) return;
  throw new CanbaoError('request.expired', { expiresAt: new Date(expiresAt * 1000).toISOString() });
}

/** Whether the record is that of the keys. @throws holder.wrong_key */
export function assertHolder(opening: Opening, { commitment }: ProvingHolder): void {
  if (opening.holderCommitment !== commitment) throw new CanbaoError('holder.wrong_key');
}
