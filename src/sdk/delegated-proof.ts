import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type ErrorCode, errorCatalogue } from '../core/errors/catalogue.ts';
import type { HolderKeys } from '../holder/keys.ts';
import { createDelegation } from '../prove/delegation.ts';
import type { AnyRequest } from '../request/any-request.ts';
import { statementRegistry } from '../statements/registry.ts';
import type { PresentationFile } from './answers.ts';
import { type Connection, sleep } from './connection.ts';

export interface DelegateOptions {
  /** Of a set that asks for any: index of the request to answer. */
  readonly choice?: number | undefined;
  /** 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Cancels the proof. */
  readonly signal?: AbortSignal | undefined;
  /** Between two looks, ms; default 1000. */
  readonly pollMs?: number | undefined;
}

interface ProofAnswer {
  readonly state: 'queued' | 'proving' | 'done' | 'failed' | 'cancelled';
  readonly progress: number;
  readonly presentation?: PresentationFile;
  readonly error?: {
    readonly code: string;
    readonly facts: Readonly<Record<string, string | number | boolean>>;
    readonly reasons: readonly ProofReason[];
  };
}

/** A request the record does not satisfy, and why; numbered from 1. */
export interface ProofReason {
  readonly number: number;
  readonly statement: string;
  readonly text: string;
}

const POLL_MS = 1000;

/** Orders a proof, waits for it, and has it deleted there: see `HolderSession.delegate`. */
export async function delegatedProof(
  { call, origin }: Connection,
  { token, keys, request }: { token: string; keys: HolderKeys; request: AnyRequest },
  options: DelegateOptions,
): Promise<PresentationFile> {
  const { choice, onProgress, signal, pollMs = POLL_MS } = options;
  const body = createDelegation(request, keys, statementRegistry, choice);
  const ordered = await call({ method: 'POST', path: '/v1/proofs', body, token, signal });
  const path = `/v1/proofs/${(ordered as { id: string }).id}`;
  // Cancels it while it is open, deletes it with its presentation afterwards.
  const drop = () => call({ method: 'DELETE', path, token }).catch(() => {});
  try {
    for (;;) {
      const proof = (await call({ method: 'GET', path, token, signal })) as ProofAnswer;
      onProgress?.(proof.progress);
      if (proof.presentation) return proof.presentation;
      if (proof.error) throw toldError(proof.error, origin);
      if (proof.state === 'cancelled') throw new CanbaoError('prove.aborted');
      await sleep(pollMs, signal);
    }
  } finally {
    await drop();
  }
}

/** The reasons behind an error of `delegate`, in words; undefined for other errors. */
export function proofReasonsOf(error: unknown): readonly ProofReason[] | undefined {
  const cause = error instanceof CanbaoError ? error.cause : undefined;
  return Array.isArray((cause as ProofAnswer['error'])?.reasons)
    ? (cause as NonNullable<ProofAnswer['error']>).reasons
    : undefined;
}

function toldError(error: NonNullable<ProofAnswer['error']>, origin: string): CanbaoError {
  const { code, facts } = error;
  if (Object.hasOwn(errorCatalogue, code)) return new CanbaoError(code as ErrorCode, facts, error);
  return new CanbaoError('sdk.bad_answer', { origin, reason: code }, error);
}
