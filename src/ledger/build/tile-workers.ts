import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { CanbaoError, type ErrorFacts } from '../../core/errors/canbao-error.ts';
import type { ErrorCode } from '../../core/errors/catalogue.ts';
import type { Fr } from '../../core/field.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { threadUrl } from '../../core/thread-url.ts';
import type { Store } from '../store/open-store.ts';
import { type HashedTiles, hashTiles } from './hash-tiles.ts';
import { runTileJob, type TileJob } from './tile-job.ts';

/** Where a thread connects to. */
export interface WorkerDatabase {
  readonly databaseUrl: string;
  readonly schema: string;
}

/** What a thread answers: errors would lose their code on the way. */
export type Answer<T> =
  | { readonly value: T }
  | { readonly code: ErrorCode; readonly facts: ErrorFacts };

/** Runs jobs, several at a time. */
export interface TileWorkers {
  /** Jobs it can have under way. */
  readonly atOnce: number;
  run(job: TileJob): Promise<readonly Fr[]>;
  close(): Promise<void>;
}

/** Below so many leaves threads take longer to start than they save. */
const LEAVES_WORTH_THREADS = 3000;

/**
 * @param leaves to be hashed in all
 * @param threads 0: everything on the calling thread; as many as the machine has where not given
 */
export function openTileWorkers(
  store: Store,
  hash: Poseidon,
  leaves: number,
  threads = leaves < LEAVES_WORTH_THREADS ? 0 : availableParallelism(),
): TileWorkers {
  if (threads === 0) return inlineWorkers(store, hash);
  return store.databaseUrl === undefined
    ? hashingThreads(store, threads)
    : workingThreads({ databaseUrl: store.databaseUrl, schema: store.schema }, threads);
}

function inlineWorkers({ db }: Store, hash: Poseidon): TileWorkers {
  return {
    atOnce: 1,
    run: (job) => runTileJob(db, job, async (inputs) => hashTiles(inputs, hash)),
    close: async () => {},
  };
}

/** The embedded database answers on the calling thread alone: others hash meanwhile. */
function hashingThreads({ db }: Store, threads: number): TileWorkers {
  const pool = openPool(threads, undefined);
  return {
    atOnce: threads + 1,
    run: (job) => runTileJob(db, job, (inputs) => run<HashedTiles>(pool, 'runHash', inputs)),
    close: () => pool.destroy(),
  };
}

function workingThreads(database: WorkerDatabase, threads: number): TileWorkers {
  const pool = openPool(threads, database);
  return {
    // One more waits, so that no thread does.
    atOnce: threads + 1,
    run: (job) => run<readonly Fr[]>(pool, 'runJob', job),
    close: () => pool.destroy(),
  };
}

function openPool(threads: number, workerData: WorkerDatabase | undefined): Piscina {
  return new Piscina({
    filename: threadUrl(import.meta.url, 'tile-worker'),
    execArgv: [],
    minThreads: threads,
    maxThreads: threads,
    ...(workerData && { workerData }),
  });
}

async function run<T>(pool: Piscina, name: string, task: unknown): Promise<T> {
  const answer = (await pool.run(task, { name })) as Answer<T>;
  if ('code' in answer) throw new CanbaoError(answer.code, answer.facts);
  return answer.value;
}
