import { proxy, type Remote, wrap } from 'comlink';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import type { PresentationFile } from '../../../../src/sdk/answers.ts';
import { type ProofProgress, type ProofTask, presentationOf } from './proof-task.ts';
import type { ProofWorker } from './proof-worker.ts';

export interface ProveInPageOptions {
  readonly onProgress?: ((progress: ProofProgress) => void) | undefined;
  /** Gives it up. */
  readonly signal?: AbortSignal | undefined;
  /** On the page's own thread, as where a browser starts no workers. */
  readonly withoutWorker?: boolean | undefined;
}

/** A second proof soon after finds the key loaded; then the memory, and the keys in it, go. */
const IDLE_MS = 60_000;
/** Between two steps of a proof there is a moment to stop; who takes longer is stopped. */
const STOP_MS = 3000;

interface Running {
  readonly worker: Worker;
  readonly remote: Remote<ProofWorker>;
  idle?: ReturnType<typeof setTimeout>;
}
let running: Running | undefined;

/**
 * Proves on this device: in a worker, with threads where the page may have them. Nothing of the task
 * leaves the page.
 * @throws as `prove` of the SDK; prove.aborted
 */
export async function proveInPage(
  task: ProofTask,
  options: ProveInPageOptions = {},
): Promise<PresentationFile> {
  const { onProgress = () => {}, signal, withoutWorker = false } = options;
  if (signal?.aborted) throw new CanbaoError('prove.aborted');
  const own = withoutWorker ? undefined : await startWorker();
  if (!own) return proveHere(task, onProgress, signal);
  clearTimeout(own.idle);
  let fail: (error: CanbaoError) => void = () => {};
  const stopped = new Promise<never>((_, reject) => {
    fail = reject;
  });
  stopped.catch(() => {});
  const stop = () => {
    own.remote.abort();
    setTimeout(() => fail(new CanbaoError('prove.aborted')), STOP_MS);
  };
  signal?.addEventListener('abort', stop, { once: true });
  own.worker.addEventListener('error', ({ message }) => {
    fail(new CanbaoError('prove.failed', { reason: message || 'the worker ended' }));
  });
  try {
    const proving = own.remote.prove(task, proxy(onProgress));
    const outcome = await Promise.race([proving, stopped]);
    if (running === own) own.idle = setTimeout(endProving, IDLE_MS);
    return presentationOf(outcome);
  } catch (error) {
    const isStuck = error instanceof CanbaoError && /^prove\.(aborted|failed)$/.test(error.code);
    if (isStuck && running === own) endProving();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

/** Ends the worker, and with it everything it was told. */
export function endProving(): void {
  clearTimeout(running?.idle);
  running?.worker.terminate();
  running = undefined;
}

/** Undefined where the browser starts none. */
async function startWorker(): Promise<Running | undefined> {
  if (running) return running;
  try {
    const worker = new Worker(new URL('./proof-worker.ts', import.meta.url), { type: 'module' });
    running = { worker, remote: wrap<ProofWorker>(worker) };
    return running;
  } catch {
    return undefined;
  }
}

async function proveHere(
  task: ProofTask,
  onProgress: (progress: ProofProgress) => void,
  signal: AbortSignal | undefined,
): Promise<PresentationFile> {
  const [{ wasmProver }, { runProof }] = await Promise.all([
    import('../../../../src/groth16/engine/wasm-prover.ts'),
    import('./run-proof.ts'),
  ]);
  const prover = wasmProver({ threads: 0 });
  try {
    const abort = signal ?? new AbortController().signal;
    return presentationOf(await runProof(task, prover, { onProgress, abort }));
  } finally {
    await prover.close();
  }
}
