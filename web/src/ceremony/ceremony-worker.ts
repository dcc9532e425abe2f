import { expose } from 'comlink';
import { type CeremonyAnswer, checkFiles, type GivenFile } from './check-files.ts';

const worker = {
  check(files: readonly GivenFile[], onProgress: (share: number) => void): Promise<CeremonyAnswer> {
    return checkFiles(files, onProgress);
  },
};

/** What a page asks of the worker that checks a ceremony. */
export type CeremonyWorker = typeof worker;

expose(worker);
