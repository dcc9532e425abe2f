/**
 * A wallet's and a verifier's page without their screens: everything happens in the page, and only
 * files that are the same for everybody are fetched.
 */
import { systemClock } from '../../../src/core/clock.ts';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import type { ErrorCode } from '../../../src/core/errors/catalogue.ts';
import { wasmProver } from '../../../src/groth16/engine/wasm-prover.ts';
import { loadPairing } from '../../../src/groth16/pairing/load-pairing.ts';
import type { ProvingProgress } from '../../../src/groth16/prover.ts';
import { decodeBundle, type HolderBundle } from '../../../src/holder/bundle.ts';
import { deriveHolderKeys } from '../../../src/holder/keys.ts';
import { seedFromMnemonic } from '../../../src/holder/mnemonic.ts';
import { refusalOf } from '../../../src/prove/check-request.ts';
import { createPresentation } from '../../../src/prove/create-presentation.ts';
import { encodePresentation, type PresentationJson } from '../../../src/request/presentation.ts';
import { parseRequest } from '../../../src/request/presentation-request.ts';
import type { PresentationRequestJson } from '../../../src/request/request-format.ts';
import { statementModule, statementRegistry } from '../../../src/statements/registry.ts';
import type { LocalText } from '../../../src/statements/statement-text.ts';
import { verdictText } from '../../../src/verify/texts.ts';
import type { Verdict } from '../../../src/verify/verdict.ts';
import { verifyPresentation } from '../../../src/verify/verify-presentation.ts';
import { provingArtifacts, publishedEpochs, verifyingKey } from './published-files.ts';

/** What a holder gives a wallet's page. None of it may leave the page. */
export interface ProveTask {
  readonly mnemonic: string;
  readonly bundle: HolderBundle;
  readonly request: PresentationRequestJson;
  /** On the page's own thread, without workers. */
  readonly singleThread?: boolean;
}

/** A presentation, the holder's own reason why there is none, or the code of another error. */
export type ProveOutcome =
  | {
      readonly kind: 'proven';
      readonly presentation: PresentationJson;
      /** Milliseconds of proving and of verifying the own proof, without fetching files. */
      readonly ms: number;
      readonly progress: readonly ProvingProgress[];
    }
  | { readonly kind: 'refused'; readonly reason: string; readonly whyNot: LocalText }
  | { readonly kind: 'failed'; readonly code: ErrorCode };

export interface VerifyOutcome {
  readonly reason: Verdict['reason'];
  readonly keyStatus: Verdict['keyStatus'];
  readonly text: LocalText;
  readonly ms: number;
  /** Whose pairing checked the proof. */
  readonly pairing: string;
}

const provers = {
  workers: wasmProver(),
  singleThread: wasmProver({ threads: 0 }),
};

/** Request and bundle to presentation, in the page. */
export async function prove(task: ProveTask): Promise<ProveOutcome> {
  try {
    const request = parseRequest(task.request, statementRegistry);
    const { statement } = statementModule(request.statement);
    const artifacts = await provingArtifacts(statement.name);
    const progress: ProvingProgress[] = [];
    const begin = performance.now();
    const presentation = await createPresentation({
      request,
      opening: decodeBundle(task.bundle),
      holderKeys: deriveHolderKeys(seedFromMnemonic(task.mnemonic)),
      statement,
      artifacts,
      prover: task.singleThread ? provers.singleThread : provers.workers,
      clock: systemClock,
      onProgress: (step) => progress.push(step),
    });
    const ms = performance.now() - begin;
    return { kind: 'proven', presentation: encodePresentation(presentation), ms, progress };
  } catch (error) {
    return explain(error, task.request.statement);
  }
}

/** Presentation to verdict, in the page, against the published epochs. */
export async function verify(
  presentation: unknown,
  request: PresentationRequestJson,
): Promise<VerifyOutcome> {
  const epochs = await publishedEpochs();
  const begin = performance.now();
  const verdict = await verifyPresentation(
    presentation,
    { statements: statementRegistry, epochs, keys: { get: verifyingKey }, clock: systemClock },
    { request: parseRequest(request, statementRegistry) },
  );
  return {
    reason: verdict.reason,
    keyStatus: verdict.keyStatus,
    text: { en: verdictText(verdict, 'en'), zh: verdictText(verdict, 'zh') },
    ms: performance.now() - begin,
    pairing: (await loadPairing()).name,
  };
}

/** Ends the proving workers. */
export function close(): Promise<void> {
  return provers.workers.close();
}

function explain(error: unknown, statement: string): ProveOutcome {
  const refusal = refusalOf(error);
  if (refusal) {
    const { text } = statementModule(statement);
    const { reason, facts } = refusal;
    const whyNot = { en: text.whyNot(reason, facts, 'en'), zh: text.whyNot(reason, facts, 'zh') };
    return { kind: 'refused', reason, whyNot };
  }
  if (error instanceof CanbaoError) return { kind: 'failed', code: error.code };
  throw error;
}

declare global {
  /** What the test calls, as a wallet's screens will. */
  var canbao: { prove: typeof prove; verify: typeof verify; close: typeof close };
}
globalThis.canbao = { prove, verify, close };
