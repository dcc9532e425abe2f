import { type RandomBytes, systemRandom } from '../core/random.ts';
import type { AnyRequest } from './any-request.ts';
import { createRequest } from './presentation-request.ts';
import { createRequestSet, type NewRequestSet } from './request-set.ts';

export interface NewAnyRequest extends Omit<NewRequestSet, 'mode'> {
  /** Left out: one thing is asked, and the request is no set. */
  readonly mode: NewRequestSet['mode'] | undefined;
}

/** A request, or a set of several. @throws what `createRequest` and `createRequestSet` throw */
export function createAnyRequest(
  { mode, asks, ...shared }: NewAnyRequest,
  randomness: RandomBytes = systemRandom,
): AnyRequest {
  const [only] = asks;
  return mode === undefined && only
    ? createRequest({ ...shared, ...only }, randomness)
    : createRequestSet({ ...shared, mode: mode ?? 'all', asks }, randomness);
}
