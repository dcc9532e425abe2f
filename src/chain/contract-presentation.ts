import type { Hex } from 'viem';
import type { StatementId } from '../core/brands.ts';
import { proofToWords } from '../groth16/proof.ts';
import type { Presentation } from '../request/presentation.ts';
import { requestTypedData } from '../request/request-hash.ts';
import type { Statement } from '../statements/define-statement.ts';

/** `PresentationRequest` of `IStatementVerifier.sol`. */
export interface ContractRequest {
  readonly statement: StatementId;
  readonly params: bigint;
  readonly scope: bigint;
  readonly audience: string;
  readonly purpose: string;
  /** 32 bytes. */
  readonly nonce: Hex;
  /** Unix seconds. */
  readonly expiresAt: bigint;
}

/** `Presentation` of `IStatementVerifier.sol`. */
export interface ContractPresentation {
  readonly request: ContractRequest;
  readonly epochRoot: bigint;
  readonly nullifier: bigint;
  /** `bigint[8]`: A (x, y), B (x.c1, x.c0, y.c1, y.c0), C (x, y). */
  readonly proof: readonly bigint[];
}

/** A presentation as contracts take it. @throws statement.bad_params */
export function contractPresentation(
  { request, epochRoot, nullifier, proof }: Presentation,
  statement: Statement,
): ContractPresentation {
  const { message } = requestTypedData(request, statement);
  return { request: message, epochRoot, nullifier, proof: proofToWords(proof) };
}
