import { setTimeout as pause } from 'node:timers/promises';

/** Between attempts, half a minute in all. */
const WAITS_MS = [20, 50, 100, 200, 400, 800, 1600, 3000, 5000, 8000, 12_000];

/**
 * Does the work again where the connection to the database broke under it.
 * @param work may have been done although it failed: must come to the same when it is done twice
 */
export async function throughCuts<T>(work: () => Promise<T>): Promise<T> {
  for (const wait of WAITS_MS) {
    try {
      return await work();
    } catch (error) {
      if (!isCut(error)) throw error;
    }
    await pause(wait);
  }
  return work();
}

/** SQLSTATE 08 and 57P, codes of sockets, and what `pg` says without a code. */
const CUT_CODE = /^(08\w{3}|57P0[1-3]|ECONN\w+|EPIPE|ETIMEDOUT|ENOTFOUND)$/;
const CUT_MESSAGE = /connection terminated|connection error|not queryable|client was closed/i;

function isCut(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isCut);
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  if (typeof code === 'string' && CUT_CODE.test(code)) return true;
  return CUT_MESSAGE.test(error.message) || isCut(error.cause);
}
