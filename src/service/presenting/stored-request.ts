import { timingSafeEqual } from 'node:crypto';
import type { Selectable } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type AnyRequest, parseAnyRequest } from '../../request/any-request.ts';
import { statementRegistry } from '../../statements/registry.ts';
import type { Service } from '../service.ts';
import type { ServiceTables } from '../store/tables.ts';
import { tokenHash } from '../tokens.ts';

export type RequestRow = Selectable<ServiceTables['presentation_request']>;

/**
 * What became of a request. A declined one may still be answered: whoever has its link can decline.
 */
export type RequestState = RequestRow['state'] | 'declined' | 'expired';

/** @throws request.unknown */
export async function requestRow({ db }: Service, id: string): Promise<RequestRow> {
  const row = await db
    .selectFrom('presentation_request')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw new CanbaoError('request.unknown');
  return row;
}

/** The row, for who holds its token. @throws request.unknown, request.wrong_token */
export async function ownRow(service: Service, id: string, token: string): Promise<RequestRow> {
  const row = await requestRow(service, id);
  if (!isHashOf(row.token_hash, token)) throw new CanbaoError('request.wrong_token');
  return row;
}

/** Whether a secret is the one kept as this hash. */
export function isHashOf(hash: Uint8Array, secret: string): boolean {
  return timingSafeEqual(hash, tokenHash(secret));
}

export function stateOf(row: RequestRow, { clock }: Service): RequestState {
  if (row.state !== 'open') return row.state;
  if (row.expires_at.getTime() <= clock() * 1000) return 'expired';
  return row.declined_at ? 'declined' : 'open';
}

/** Whether it waits for an answer. */
export function isAnswerable(state: RequestState): boolean {
  return state === 'open' || state === 'declined';
}

/** @throws request.answered, request.cancelled, request.expired */
export function assertOpen(row: RequestRow, service: Service): void {
  const state = stateOf(row, service);
  if (state === 'answered') throw new CanbaoError('request.answered');
  if (state === 'cancelled') throw new CanbaoError('request.cancelled');
  if (state === 'expired') {
    throw new CanbaoError('request.expired', { expiresAt: row.expires_at.toISOString() });
  }
}

/** What is asked, while it may be answered. @throws request.unknown, and as {@link assertOpen} */
export async function openRequestById(service: Service, id: string): Promise<AnyRequest> {
  const row = await requestRow(service, id);
  assertOpen(row, service);
  return askedIn(row);
}

/** What is asked in it: the verifier's own copy. */
export function askedIn({ request }: RequestRow): AnyRequest {
  return parseAnyRequest(request, statementRegistry);
}

/** Unix seconds. */
export function secondsOf(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
