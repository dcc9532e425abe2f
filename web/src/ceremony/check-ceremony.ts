import { proxy, wrap } from 'comlink';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import type { CeremonyWorker } from './ceremony-worker.ts';
import type { CeremonyFound, GivenFile } from './check-files.ts';

/** A key of some circuit; the largest file of a ceremony that a page is given. */
const MOST_BYTES = 64 * 2 ** 20;

/**
 * Checks files in a worker: pairings by the hundred, beside the page.
 * @throws as `checkTranscript`; cli.bad_file
 */
export async function checkCeremony(
  files: readonly File[],
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<CeremonyFound> {
  const given: GivenFile[] = await Promise.all(files.map(read));
  const worker = new Worker(new URL('./ceremony-worker.ts', import.meta.url), { type: 'module' });
  const end = () => worker.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    const failed = new Promise<never>((_, reject) => {
      worker.addEventListener('error', ({ message }) => {
        reject(new CanbaoError('core.internal', { what: message || 'the worker ended' }));
      });
    });
    const checking = wrap<CeremonyWorker>(worker).check(given, proxy(onProgress));
    const { found, error } = await Promise.race([checking, failed]);
    if (error) throw new CanbaoError(error.code, error.facts);
    return found;
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
}

async function read(file: File): Promise<GivenFile> {
  if (file.size > MOST_BYTES) {
    const reason = `${Math.round(file.size / 1e6)} MB`;
    throw new CanbaoError('cli.bad_file', { path: file.name, reason });
  }
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
