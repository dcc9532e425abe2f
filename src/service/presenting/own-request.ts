import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Service } from '../service.ts';
import type { StoredVerdict } from './answer-request.ts';
import {
  assertOpen,
  isHashOf,
  ownRow,
  type RequestRow,
  type RequestState,
  requestRow,
  secondsOf,
  stateOf,
} from './stored-request.ts';

/** How a request stands. Times are Unix seconds. */
export interface RequestStanding {
  readonly state: RequestState;
  readonly expiresAt: number;
  readonly answeredAt?: number;
  /** When it was first declined, unless it was answered since. */
  readonly declinedAt?: number;
}

export interface RequestOutcome extends RequestStanding {
  /** Once answered. */
  readonly verdict?: StoredVerdict;
}

/**
 * What became of a request, for who asked. Where the browser that answered is sent on, the verdict
 * belongs to who comes back with its response code: otherwise one who lured another into answering
 * could pass for them.
 * @throws request.unknown, request.wrong_token, request.wrong_response_code
 */
export async function requestOutcome(
  service: Service,
  id: string,
  { token, responseCode }: { readonly token: string; readonly responseCode?: string | undefined },
): Promise<RequestOutcome> {
  const row = await ownRow(service, id, token);
  const standing = standingOf(row, service);
  if (row.state !== 'answered') return standing;
  const { response_code_hash: hash } = row;
  if (hash && (responseCode === undefined || !isHashOf(hash, responseCode))) {
    throw new CanbaoError('request.wrong_response_code');
  }
  return { ...standing, verdict: row.verdict as StoredVerdict };
}

/**
 * Takes a request back; again where it was taken back already.
 * @throws request.unknown, request.wrong_token, request.answered, request.expired
 */
export async function cancelRequest(
  service: Service,
  id: string,
  token: string,
): Promise<RequestStanding> {
  await ownRow(service, id, token);
  await service.db
    .updateTable('presentation_request')
    .set({ state: 'cancelled' })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('expires_at', '>', new Date(service.clock() * 1000))
    .execute();
  const row = await requestRow(service, id);
  if (row.state !== 'cancelled') assertOpen(row, service);
  return standingOf(row, service);
}

export function standingOf(row: RequestRow, service: Service): RequestStanding {
  const { expires_at, answered_at, declined_at } = row;
  return {
    state: stateOf(row, service),
    expiresAt: secondsOf(expires_at),
    ...(answered_at && { answeredAt: secondsOf(answered_at) }),
    ...(declined_at && !answered_at && { declinedAt: secondsOf(declined_at) }),
  };
}
