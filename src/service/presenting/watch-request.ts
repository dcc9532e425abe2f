import { setTimeout } from 'node:timers/promises';
import type { Service } from '../service.ts';
import { type RequestStanding, standingOf } from './own-request.ts';
import { type RequestRow, requestRow } from './stored-request.ts';

/** Answers may arrive at another process: only the database knows. */
const POLL_MS = 1000;

/**
 * How a request stands, at once and on each change, until it is open no more or nobody watches.
 * @throws request.unknown where it is deleted meanwhile
 */
export async function* watchRequest(
  service: Service,
  row: RequestRow,
  signal: AbortSignal,
): AsyncGenerator<RequestStanding> {
  let standing = standingOf(row, service);
  yield standing;
  while (standing.state === 'open') {
    await setTimeout(POLL_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    const next = standingOf(await requestRow(service, row.id), service);
    if (next.state !== standing.state) yield next;
    standing = next;
  }
}
