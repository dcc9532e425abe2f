import { utf8ToBytes } from '@noble/hashes/utils.js';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { frToBytes } from '../../core/field.ts';
import { assertNotExpired } from '../../prove/create-presentation.ts';
import { readDelegation } from '../../prove/delegation.ts';
import { requestsOf } from '../../request/any-request.ts';
import { statementRegistry } from '../../statements/registry.ts';
import type { HolderSession } from '../holders/session.ts';
import type { Service } from '../service.ts';
import { newId } from '../tokens.ts';
import { countOpen, fromNow } from './job-states.ts';
import { LEASE_SECONDS, PROOF_QUEUE } from './proof-queue.ts';

/** Of one holder at a time. */
const MOST_OPEN = 3;

/**
 * Takes an order for a proof from a holder who is logged in. What is needed for it is kept sealed
 * until the job ends, and only its id is queued.
 * @param order parsed JSON of a `canbao/delegation@1`
 * @returns the job's id
 * @throws holder.wrong_key, request.expired, proof.too_many_open, and what `readDelegation` throws
 */
export async function orderProof(
  service: Service,
  holder: Pick<HolderSession, 'commitment'>,
  order: unknown,
): Promise<string> {
  const { db, seal, clock, random, queue } = service;
  const { request, authorization } = readDelegation(order, statementRegistry);
  if (authorization.commitment !== holder.commitment) throw new CanbaoError('holder.wrong_key');
  for (const one of requestsOf(request)) assertNotExpired(one, clock);

  const id = newId(random);
  const commitment = frToBytes(holder.commitment);
  const inputs = seal.seal(utf8ToBytes(JSON.stringify(order)));
  await db.transaction().execute(async (trx) => {
    // One at a time of each holder, or the count would be of a moment ago.
    await trx
      .selectFrom('holder_key')
      .select('commitment')
      .where('commitment', '=', commitment)
      .forUpdate()
      .execute();
    const open = await countOpen(trx, commitment);
    if (open >= MOST_OPEN) throw new CanbaoError('proof.too_many_open', { open });
    await trx
      .insertInto('proof_job')
      .values({
        ...{ id, commitment, inputs, state: 'queued', progress: 0 },
        leased_until: fromNow(LEASE_SECONDS),
        created_at: new Date(clock() * 1000),
      })
      .execute();
  });
  // The order stands: where the queue does not hear of it now, the next look at old jobs tells it.
  await queue.send(PROOF_QUEUE, id).catch(() => {});
  return id;
}
