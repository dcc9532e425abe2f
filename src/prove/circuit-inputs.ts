import { toFr } from '../core/field.ts';
import { poseidon } from '../core/poseidon.ts';
import type { EddsaSignature } from '../holder/eddsa-poseidon.ts';
import type { HolderKeys } from '../holder/keys.ts';
import { accountParts } from '../ledger/account.ts';
import type { AccountOpening } from '../ledger/epoch.ts';
import type { RequestSignals } from '../request/request-hash.ts';
import type { Signals } from '../statements/define-statement.ts';

/** What the inputs every statement has are made of. */
export interface CircuitInputSources {
  readonly opening: AccountOpening;
  readonly holderKeys: HolderKeys;
  /** Of the request hash, by the holder key. */
  readonly signature: EddsaSignature;
  readonly request: RequestSignals;
  /** The statement's own inputs, from `toSignals`. */
  readonly own: Signals;
}

/**
 * Inputs by signal name. Public: `epochRoot, scope, requestHash, params`; the rest is private.
 * `coverage: Fr[5]`, `siblings: Fr[16][3]`; all others scalars, or as the statement declares.
 */
export function circuitInputs(sources: CircuitInputSources): Signals {
  const { opening, holderKeys, signature, request, own } = sources;
  const { epoch, inclusion } = opening;
  const parts = accountParts(opening.account, opening.holderCommitment, poseidon);
  return {
    ...own,
    epochRoot: epoch.root,
    scope: request.scope,
    requestHash: request.requestHash,
    params: request.params,

    holderAx: holderKeys.publicKey.x,
    holderAy: holderKeys.publicKey.y,
    nullifierKey: holderKeys.nullifierKey,
    signatureS: signature.s,
    signatureR8x: signature.r8.x,
    signatureR8y: signature.r8.y,

    profile: parts.profile,
    benefits: parts.benefits,
    coverage: parts.coverage,
    regionRunsRoot: parts.regionRunsRoot,
    employerRunsRoot: parts.employerRunsRoot,
    ledgerHead: parts.ledgerHead,

    accountIndex: toFr(BigInt(inclusion.index)),
    siblings: inclusion.siblings,
    employersRoot: epoch.employersRoot,
    epochMonth: toFr(BigInt(epoch.month)),
  };
}
