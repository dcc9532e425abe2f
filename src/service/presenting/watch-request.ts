import type { Service } from '../service.ts';
import { watch } from '../watch.ts';
import { type RequestStanding, standingOf } from './own-request.ts';
import { isAnswerable, requestRow } from './stored-request.ts';

const LOOK_MS = 1000;

/**
 * How a request stands, at once and on each change, until it can be answered no more or nobody
 * watches.
 * @throws request.unknown where it is deleted meanwhile
 */
export function watchRequest(
  service: Service,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<RequestStanding> {
  return watch(async () => standingOf(await requestRow(service, id), service), {
    ...{ everyMs: LOOK_MS, signal },
    isOver: ({ state }) => !isAnswerable(state),
  });
}
