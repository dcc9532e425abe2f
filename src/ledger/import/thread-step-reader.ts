import { Worker } from 'node:worker_threads';
import { CanbaoError, type ErrorFacts } from '../../core/errors/canbao-error.ts';
import type { ErrorCode } from '../../core/errors/catalogue.ts';
import { threadUrl } from '../../core/thread-url.ts';
import type { NewRefusal } from '../store/refusals.ts';
import type { ReadTask, Step, StepReader } from './step-reader.ts';

export type ReaderMessage =
  | { readonly kind: 'step'; readonly step: Step }
  | { readonly kind: 'refusals'; readonly refusals: NewRefusal[] }
  | { readonly kind: 'end'; readonly digest: Uint8Array }
  | { readonly kind: 'fault'; readonly code: ErrorCode; readonly facts: ErrorFacts };

export type WriterMessage =
  | { readonly kind: 'taken' }
  | {
      readonly kind: 'refuse';
      readonly step: number;
      readonly conflicts: readonly {
        readonly row: number;
        readonly code: ErrorCode;
        readonly facts: ErrorFacts;
      }[];
    };

/** A reader in a thread of its own, so that reading and writing do not wait for each other. */
export function threadStepReader(task: ReadTask): StepReader {
  const worker = new Worker(new URL(threadUrl(import.meta.url, 'reader-thread')), {
    ...{ workerData: task, execArgv: [], name: 'canbao-import' },
  });
  const post = (message: WriterMessage) => worker.postMessage(message);
  const early: ReaderMessage[] = [];
  let onMessage: (message: ReaderMessage) => void = (message) => early.push(message);
  let onRefusals: (refusals: NewRefusal[]) => void = () => {};
  worker.on('message', (message: ReaderMessage) => {
    if (message.kind === 'refusals') onRefusals(message.refusals);
    else onMessage(message);
  });
  const failed = new Promise<never>((_, reject) => {
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the reading thread ended with ${code}`)));
  });
  failed.catch(() => {});

  return {
    read(onStep) {
      const all = new Promise<Uint8Array>((resolve, reject) => {
        onMessage = (message) => {
          if (message.kind === 'step') {
            onStep(message.step).then(() => post({ kind: 'taken' }), reject);
          } else if (message.kind === 'end') resolve(message.digest);
          else if (message.kind === 'fault') reject(new CanbaoError(message.code, message.facts));
        };
        for (const message of early.splice(0)) onMessage(message);
      });
      return Promise.race([all, failed]);
    },
    refusals(step, conflicts) {
      const asked = new Promise<NewRefusal[]>((resolve) => {
        onRefusals = resolve;
      });
      post({
        kind: 'refuse',
        step,
        conflicts: conflicts.map(({ row, error: { code, facts } }) => ({ row, code, facts })),
      });
      return Promise.race([asked, failed]);
    },
    async close() {
      await worker.terminate();
    },
  };
}
