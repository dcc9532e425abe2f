import { workerData } from 'node:worker_threads';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Fr } from '../../core/field.ts';
import { connectStore } from '../store/connect-store.ts';
import { type HashedTiles, hashTiles, type TileInputs } from './hash-tiles.ts';
import { wasmPoseidon } from './poseidon-wasm.ts';
import { runTileJob, type TileJob } from './tile-job.ts';
import type { Answer, WorkerDatabase } from './tile-workers.ts';

// A thread of tile-workers.ts. On PostgreSQL it has a connection of its own and does whole jobs.
const database = workerData as WorkerDatabase | undefined;
const store = database && (await connectStore({ ...database, connections: 1 }));
const hash = await wasmPoseidon();

export function runJob(job: TileJob): Promise<Answer<readonly Fr[]>> {
  return answer(() => {
    if (!store) throw new Error('this thread has no database');
    return runTileJob(store.db, job, async (inputs) => hashTiles(inputs, hash));
  });
}

export function runHash(inputs: TileInputs): Promise<Answer<HashedTiles>> {
  return answer(async () => hashTiles(inputs, hash));
}

async function answer<T>(work: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await work() };
  } catch (error) {
    if (!(error instanceof CanbaoError)) throw error;
    return { code: error.code, facts: error.facts };
  }
}
