import PgBoss from 'pg-boss';
import type { Store } from '../ledger/store/open-store.ts';

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
  /** Queues the work on `id`, once while it is waiting or at work. */
  send(name: string, id: string, options?: { startAfter?: number }): Promise<void>;
  /** Takes one after another, `concurrency` at a time; what it throws is retried. */
  work(
    name: string,
    concurrency: number,
    handle: (work: QueuedWork, signal: AbortSignal) => Promise<void>,
  ): Promise<void>;
  /** Whether the queue's database answers. */
  size(name: string): Promise<number>;
  /** Takes nothing more and waits for what is under way, at most `timeoutMs`. */
  close(timeoutMs?: number): Promise<void>;
}

const POLLING_SECONDS = 0.5;

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
  const aborting = new AbortController();
  return {
    async declare(name, { retries, retryDelay, expireInSeconds }) {
      const policy = { policy: 'standard' as const, retryLimit: retries, retryBackoff: true };
      const options = { name, ...policy, retryDelay, expireInSeconds };
      if (await boss.getQueue(name)) await boss.updateQueue(name, options);
      else await boss.createQueue(name, options);
    },
    async send(name, id, { startAfter } = {}) {
      await boss.send(name, { id }, { singletonKey: id, ...(startAfter && { startAfter }) });
    },
    async work(name, concurrency, handle) {
      const options = { batchSize: 1, pollingIntervalSeconds: POLLING_SECONDS };
      for (let i = 0; i < concurrency; i++) {
        await boss.work<QueuedWork>(name, options, async ([job]) => {
          if (job) await handle(job.data, aborting.signal);
        });
      }
    },
    size: (name) => boss.getQueueSize(name),
    async close(timeoutMs = 10_000) {
      aborting.abort();
      await boss.stop({ graceful: true, wait: true, timeout: timeoutMs, close: false });
    },
  };
}
