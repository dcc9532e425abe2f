import { fileSize } from './hash-file.ts';
import { type ReadTask, type StepReader, stepReader } from './step-reader.ts';
import { threadStepReader } from './thread-step-reader.ts';

/** A smaller file is read before a thread has started. */
const THREAD_BYTES = 4 * 2 ** 20;

/** @throws ledger.no_file */
export async function openStepReader(task: ReadTask): Promise<StepReader> {
  const isLong = (await fileSize(task.file)) >= THREAD_BYTES;
  return isLong ? threadStepReader(task) : stepReader(task);
}
