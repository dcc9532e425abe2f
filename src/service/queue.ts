import { setTimeout as pause } from 'node:timers/promises';
import PgBoss from 'pg-boss';
import type { Store } from '../ledger/store/open-store.ts';
import { runEvery, takeJobs } from './queue-loop.ts';

/** What a queue does, and how often. */
export interface QueueOptions {
  /** After the first attempt. */
  readonly retries: number;
  /** Seconds before the first retry; doubled each time. */
  readonly retryDelay: number;
  /** Seconds a worker may take: then another may begin. */
  readonly expireInSeconds: number;
}

export interface QueuedWork {
  readonly id: string;
}

/** Names of jobs, on the ledger's own database: kept through crashes, each taken by one worker. */
export interface JobQueue {
  /** Makes the queue if it is not there. */
  declare(name: string, options: QueueOptions): Promise<void>;
  /** Queues the work on `id`; once while it is waiting for its first attempt. */
  send(name: string, id: string): Promise<void>;
  /** Takes one after another, `concurrency` at a time; what it throws is retried. */
  work(
    name: string,
    concurrency: number,
    handle: (work: QueuedWork, signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  /** Runs a task every so often, beginning at once, until the queue closes; it may fail. */
  every(seconds: number, task: (signal: AbortSignal) => Promise<void>): void;
  /** Called when everything under way has ended, before the queue is closed. */
  onClose(task: () => Promise<void>): void;
  /** Jobs that wait. */
  size(name: string): Promise<number>;
  /** Takes nothing more and waits for what is under way, at most `timeoutMs`. */
  close(timeoutMs?: number): Promise<void>;
}

const POLLING_MS = 500;

/** pg-boss in a schema of its own beside the ledger's. @throws ledger.store_unavailable */
export async function openQueue(store: Store, log?: (error: Error) => void): Promise<JobQueue> {
  const boss = new PgBoss({
    db: { executeSql: (text, values) => store.execute(text, values as unknown[]) },
    schema: `${store.schema}_jobs`,
    schedule: false,
    supervise: true,
    maintenanceIntervalSeconds: 60,
    deleteAfterDays: 1,
    archiveCompletedAfterSeconds: 3600,
  });
  boss.on('error', (error) => log?.(error));
  await boss.start();
  const ending = new AbortController();
  const loops = new Set<Promise<void>>();
  const closing = new Set<() => Promise<void>>();
  const options = { ending: ending.signal, onError: (error: Error) => log?.(error) };
  return {
    async declare(name, { retries, retryDelay, expireInSeconds }) {
      const policy = { policy: 'short' as const, retryLimit: retries, retryBackoff: true };
      const queue = { name, ...policy, retryDelay, expireInSeconds };
      if (await boss.getQueue(name)) await boss.updateQueue(name, queue);
      else await boss.createQueue(name, queue);
    },
    async send(name, id) {
      await boss.send(name, { id }, { singletonKey: id });
    },
    async work(name, concurrency, handle) {
      const take = () =>
        takeJobs<QueuedWork>(boss, name, (work) => handle(work, ending.signal), {
          ...options,
          pollingMs: POLLING_MS,
        });
      for (let i = 0; i < concurrency; i++) loops.add(take());
    },
    every(seconds, task) {
      loops.add(runEvery(seconds, () => task(ending.signal), options));
    },
    onClose(task) {
      closing.add(task);
    },
    size: (name) => boss.getQueueSize(name),
    async close(timeoutMs = 10_000) {
      ending.abort();
      await Promise.race([Promise.all(loops), pause(timeoutMs, undefined, { ref: false })]);
      await Promise.all([...closing].map((task) => task()));
      closing.clear();
      await boss.stop({ graceful: false, close: false });
    },
  };
}
