import { setTimeout as pause } from 'node:timers/promises';
import type PgBoss from 'pg-boss';

export interface LoopOptions {
  /** Aborted: nothing more is begun. */
  readonly ending: AbortSignal;
  readonly onError: (error: Error) => void;
}

/**
 * Takes one job after another until the end. pg-boss's own `work` does not wait for what it writes
 * about a job, so that a connection that breaks just then would end the process.
 * @returns when the job in hand is done
 */
export async function takeJobs<T extends object>(
  boss: PgBoss,
  name: string,
  handle: (data: T) => Promise<void>,
  { pollingMs, ...options }: LoopOptions & { readonly pollingMs: number },
): Promise<void> {
  const take = async (): Promise<boolean> => {
    const [job] = await boss.fetch<T>(name, { batchSize: 1 });
    if (!job) return false;
    try {
      await handle(job.data);
    } catch (error) {
      // Its name alone: what a job stumbled over may be somebody's data.
      await boss.fail(name, job.id, { code: codeOf(error) });
      throw error;
    }
    await boss.complete(name, job.id);
    return true;
  };
  while (!options.ending.aborted) {
    const took = await attempt(take, options);
    if (!took) await sleep(pollingMs, options.ending);
  }
}

/** Runs a task again and again, with a pause between, until the end. */
export async function runEvery(
  seconds: number,
  task: () => Promise<void>,
  options: LoopOptions,
): Promise<void> {
  while (!options.ending.aborted) {
    await attempt(task, options);
    await sleep(seconds * 1000, options.ending);
  }
}

async function attempt<T>(task: () => Promise<T>, { onError }: LoopOptions) {
  try {
    return await task();
  } catch (error) {
    onError(error instanceof Error ? error : new Error(String(error)));
    return undefined;
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => {});
}

function codeOf(error: unknown): string {
  const { code, name = 'unknown' } = (error ?? {}) as { code?: unknown; name?: string };
  return typeof code === 'string' ? code : name;
}
