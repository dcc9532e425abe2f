import { type Remote, releaseProxy, wrap } from 'comlink';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import type { WalletFile } from '../../../../src/holder/wallet-file.ts';
import { type Outcome, sealing } from './passphrase-sealing.ts';

/** The recovery words under a passphrase. @throws wallet.weak_passphrase */
export function sealWithPassphrase(mnemonic: string, passphrase: string): Promise<WalletFile> {
  return inWorker((remote) => remote.seal(mnemonic, passphrase));
}

/** @throws wallet.malformed, wallet.not_opened */
export function openWithPassphrase(file: unknown, passphrase: string): Promise<string> {
  return inWorker((remote) => remote.open(file, passphrase));
}

/** Off the page's own thread, so that it stays alive; on it where the browser has no workers. */
async function inWorker<T>(
  act: (remote: Remote<typeof sealing> | typeof sealing) => Promise<Outcome<T>>,
): Promise<T> {
  const worker = startWorker();
  if (!worker) return resultOf(await act(sealing));
  const remote = wrap<typeof sealing>(worker);
  try {
    const broken = new Promise<never>((_, reject) => {
      worker.onerror = () => reject(new Error('the worker did not start'));
    });
    return resultOf(await Promise.race([act(remote), broken]));
  } finally {
    remote[releaseProxy]();
    worker.terminate();
  }
}

function startWorker(): Worker | undefined {
  try {
    return new Worker(new URL('./passphrase-worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return undefined;
  }
}

function resultOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new CanbaoError(outcome.code, outcome.facts);
}
