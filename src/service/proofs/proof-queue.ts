import type { JobQueue } from '../queue.ts';

export const PROOF_QUEUE = 'proofs';

/** Unless somebody hears of an attempt within these seconds, it is taken for dead. */
export const LEASE_SECONDS = 30;

/** The row of a job says whether it is tried again: the queue need not. */
export async function declareProofQueue(queue: JobQueue): Promise<void> {
  await queue.declare(PROOF_QUEUE, { retries: 0, retryDelay: 1, expireInSeconds: 900 });
}
