import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Service } from '../service.ts';
import { assertOpen, requestRow } from './stored-request.ts';

/**
 * Tells the verifier that somebody declined; again, it changes nothing. It is a notice and no end:
 * whoever has the link can decline, so the holder may answer all the same. Nothing is kept of it but
 * when it first came.
 * @throws request.unknown, request.answered, request.cancelled, request.expired, request.wrong_state
 */
export async function declineRequest(
  service: Service,
  id: string,
  { state }: { readonly state?: string },
): Promise<void> {
  assertOpen(await requestRow(service, id), service);
  if (state !== undefined && state !== id) throw new CanbaoError('request.wrong_state');
  const now = new Date(service.clock() * 1000);
  const { numUpdatedRows } = await service.db
    .updateTable('presentation_request')
    .set({ declined_at: now })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .where('declined_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirstOrThrow();
  // Declined before, or meanwhile at its end: only that is said.
  if (numUpdatedRows === 0n) assertOpen(await requestRow(service, id), service);
}
