import { WORKER_SOURCE } from './worker-source.ts';

/** A worker thread, of Node or of a browser. */
export interface Thread {
  post(message: unknown): void;
  onMessage(handler: (message: ThreadAnswer) => void): void;
  onError(handler: (error: unknown) => void): void;
  /** Whether it keeps the process running (Node). */
  hold(isBusy: boolean): void;
  end(): Promise<void>;
}

export type ThreadAnswer =
  | { readonly results: number[]; readonly error?: undefined }
  | { readonly error: string };

interface NodeModules {
  getBuiltinModule?(name: 'node:worker_threads'): typeof import('node:worker_threads') | undefined;
  getBuiltinModule?(name: 'node:os'): typeof import('node:os') | undefined;
}

function nodeModules(): NodeModules | undefined {
  return (globalThis as { process?: NodeModules }).process;
}

/** Threads that can work at once. */
export function availableThreads(): number {
  const os = nodeModules()?.getBuiltinModule?.('node:os') as typeof import('node:os') | undefined;
  if (os) return os.availableParallelism();
  const { navigator } = globalThis as { navigator?: { hardwareConcurrency?: number } };
  return navigator?.hardwareConcurrency ?? 1;
}

/** @throws Error where threads cannot be started */
export function startThread(): Thread {
  const node = nodeModules()?.getBuiltinModule?.('node:worker_threads') as
    | typeof import('node:worker_threads')
    | undefined;
  return node ? nodeThread(node) : webThread();
}

function nodeThread({ Worker }: typeof import('node:worker_threads')): Thread {
  const worker = new Worker(WORKER_SOURCE, { eval: true, execArgv: [], name: 'canbao-prover' });
  worker.unref();
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (handler) => worker.on('message', handler),
    onError: (handler) => {
      worker.on('error', handler);
    },
    hold: (isBusy) => (isBusy ? worker.ref() : worker.unref()),
    end: async () => {
      await worker.terminate();
    },
  };
}

function webThread(): Thread {
  const url = URL.createObjectURL(new Blob([WORKER_SOURCE], { type: 'text/javascript' }));
  const worker = new Worker(url);
  return {
    post: (message) => worker.postMessage(message),
    onMessage: (handler) => worker.addEventListener('message', ({ data }) => handler(data)),
    onError: (handler) => worker.addEventListener('error', handler),
    hold: () => {},
    end: async () => {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}
