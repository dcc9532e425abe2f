import { toFr } from '../core/field.ts';
import { poseidon } from '../core/poseidon.ts';
import type { EddsaSignature } from '../holder/eddsa-poseidon.ts';
import { accountParts } from '../ledger/account.ts';
import { type EmployerOpening, employerParts } from '../ledger/employer-account.ts';
import type { AccountOpening } from '../ledger/epoch.ts';
import type { RequestSignals } from '../request/request-hash.ts';
import type { Opening, Signals } from '../statements/define-statement.ts';
import { isAccountOpening } from '../statements/judge.ts';
import type { ProvingHolder } from './authorization.ts';

/** What the inputs every statement has are made of. */
export interface CircuitInputSources {
  readonly opening: Opening;
  readonly holderKeys: Pick<ProvingHolder, 'publicKey' | 'nullifierKey'>;
  /** Of the request hash, by the holder key. */
  readonly signature: EddsaSignature;
  readonly request: RequestSignals;
  /** The statement's own inputs, from `toSignals`. */
  readonly own: Signals;
}

/**
 * Inputs by signal name. Public: `epochRoot, scope, requestHash, params`; the rest is private.
 * `siblings: Fr[16][3]`; the others as the opening's circuit or the statement declares them.
 */
export function circuitInputs(sources: CircuitInputSources): Signals {
  const { opening, holderKeys, signature, request, own } = sources;
  return {
    ...own,
    epochRoot: opening.epoch.root,
    scope: request.scope,
    requestHash: request.requestHash,
    params: request.params,

    holderAx: holderKeys.publicKey.x,
    holderAy: holderKeys.publicKey.y,
    nullifierKey: holderKeys.nullifierKey,
    signatureS: signature.s,
    signatureR8x: signature.r8.x,
    signatureR8y: signature.r8.y,

    ...(isAccountOpening(opening) ? accountInputs(opening) : employerInputs(opening)),
    siblings: opening.inclusion.siblings,
    epochMonth: toFr(BigInt(opening.epoch.month)),
  };
}

function accountInputs({ account, holderCommitment, inclusion, epoch }: AccountOpening): Signals {
  const { holderCommitment: _, ...parts } = accountParts(account, holderCommitment, poseidon);
  return {
    ...parts,
    accountIndex: toFr(BigInt(inclusion.index)),
    employersRoot: epoch.employersRoot,
  };
}

function employerInputs({
  employer,
  holderCommitment,
  inclusion,
  epoch,
}: EmployerOpening): Signals {
  const { holderCommitment: _, ...parts } = employerParts(employer, holderCommitment, poseidon);
  return {
    ...parts,
    employerIndex: toFr(BigInt(inclusion.index)),
    accountsRoot: epoch.accountsRoot,
  };
}
