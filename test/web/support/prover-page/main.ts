/** The wallet's way to a proof without its screens. */
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { decodeBundle } from '../../../../src/holder/bundle.ts';
import { deriveHolderKeys } from '../../../../src/holder/keys.ts';
import { parseAnyRequest } from '../../../../src/request/any-request.ts';
import { verifyOffline } from '../../../../src/sdk/verify-offline.ts';
import { statementRegistry } from '../../../../src/statements/registry.ts';
import { verificationKeys } from '../../../../web/src/shared/keys.ts';
import { network } from '../../../../web/src/shared/network.ts';
import type { ProofProgress } from '../../../../web/src/shared/proving/proof-task.ts';
import { endProving, proveInPage } from '../../../../web/src/shared/proving/prove-in-page.ts';

export interface PageTask {
  /** Of the sample: invented people, whose seeds everybody knows. */
  readonly seed: readonly number[];
  readonly bundle: unknown;
  readonly request: unknown;
  readonly withoutWorker?: boolean;
  /** Given up at the first step of this stage. */
  readonly giveUpAt?: ProofProgress['stage'];
}

async function prove({ seed, bundle, request, withoutWorker, giveUpAt }: PageTask) {
  const abort = new AbortController();
  const progress: ProofProgress[] = [];
  const begin = performance.now();
  try {
    const presentation = await proveInPage(
      {
        request: parseAnyRequest(request, statementRegistry),
        opening: decodeBundle(bundle),
        holderKeys: deriveHolderKeys(Uint8Array.from(seed)),
        production: (await network()).production,
      },
      {
        withoutWorker,
        signal: abort.signal,
        onProgress(step) {
          progress.push(step);
          if (step.stage === giveUpAt) abort.abort();
        },
      },
    );
    return { presentation, progress, ms: performance.now() - begin };
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    return { code: error.code, cause: error.cause, progress, ms: performance.now() - begin };
  }
}

/** The verdict of the page itself, by the roots on the chain. */
async function verify(presentation: unknown) {
  const { pageEpochs } = await import('../../../../web/src/shared/chain/page-chain.ts');
  const { production } = await network();
  return verifyOffline(presentation, {
    epochs: await pageEpochs(),
    keys: await verificationKeys(),
    acceptDevelopmentKeys: !production,
  }).then(({ valid, reason }) => ({ valid, reason }));
}

const proving = { prove, verify, endProving };
declare global {
  var provingPage: typeof proving;
}
globalThis.provingPage = proving;
