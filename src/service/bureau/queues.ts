import type { JobQueue } from '../queue.ts';

export const IMPORT_QUEUE = 'import';
export const CLOSING_QUEUE = 'closing';
export const AUDIT_QUEUE = 'audit';

/** Large files and months take hours. Past it another worker may look in, and finds the lock held. */
const EXPIRE_SECONDS = 6 * 3600;
/** Of a closing or an audit: a chain or an authority that is away may come back; then a person must look. */
export const MOST_ATTEMPTS = 5;
/** Of the queue, for what is no fault of the work: the database, a process that was killed. */
const OTHER_RETRIES = 20;

/** Makes the queues of bureaus; whoever queues or works does so first. */
export async function declareBureauQueues(queue: JobQueue): Promise<void> {
  const shared = { retries: OTHER_RETRIES, expireInSeconds: EXPIRE_SECONDS };
  await queue.declare(IMPORT_QUEUE, { ...shared, retryDelay: 1 });
  await queue.declare(CLOSING_QUEUE, { ...shared, retryDelay: 2 });
  await queue.declare(AUDIT_QUEUE, { ...shared, retryDelay: 2 });
}
