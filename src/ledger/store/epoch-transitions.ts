import { sql } from 'kysely';
import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { builtEpochs, type EpochState, type StoredEpoch } from './epochs.ts';
import { takeLock } from './locks.ts';
import type { Store } from './open-store.ts';
import type { Db } from './tables.ts';

/** One authority's signature over an epoch's commitment, as the chain takes it. */
export interface EpochSignature {
  /** Address of the authority. */
  readonly authority: string;
  /** `0x…`. */
  readonly signature: string;
}

/**
 * Keeps an authority's signature, its latest; with `quorum` of them the epoch is `signed`. One that
 * is submitted stays so: where the chain lost it, it may need signatures that count now.
 * @throws ledger.unknown_epoch, ledger.bad_transition once it is final
 */
export async function recordSignature(
  store: Store,
  epochId: number,
  { authority, signature }: EpochSignature,
  quorum: number,
): Promise<StoredEpoch> {
  return transition(
    store,
    epochId,
    ['built', 'signed', 'submitted'],
    'signed',
    async (trx, before) => {
      await trx
        .insertInto('epoch_signature')
        .values({ epoch_id: epochId, authority, signature })
        .onConflict((conflict) =>
          // The latest counts: an earlier one may name a predecessor that is no longer the last root.
          conflict.columns(['epoch_id', 'authority']).doUpdateSet({ signature }),
        )
        .execute();
      const { count } = await trx
        .selectFrom('epoch_signature')
        .select((q) => q.fn.countAll<number>().as('count'))
        .where('epoch_id', '=', epochId)
        .executeTakeFirstOrThrow();
      const isSigned = before.state !== 'submitted' && count >= quorum;
      return isSigned ? { signed_at: sql<Date>`coalesce(signed_at, now())` } : undefined;
    },
  );
}

/** Signatures of an epoch by authority. */
export async function listSignatures(store: Store, epochId: number): Promise<EpochSignature[]> {
  return store.db
    .selectFrom('epoch_signature')
    .select(['authority', 'signature'])
    .where('epoch_id', '=', epochId)
    .orderBy('authority')
    .execute();
}

/**
 * The epoch was sent to the chain. A retry replaces the transaction's hash; null, which leaves it as
 * it is, where another run sent it and may have been cut short before it could write the hash down.
 * @throws ledger.unknown_epoch, ledger.bad_transition
 */
export function markSubmitted(
  store: Store,
  epochId: number,
  txHash: string | null,
): Promise<StoredEpoch> {
  return transition(store, epochId, ['signed', 'submitted'], 'submitted', async () => ({
    ...(txHash !== null && { tx_hash: txHash }),
    submitted_at: sql<Date>`coalesce(submitted_at, now())`,
  }));
}

/**
 * The epoch has its confirmations.
 * @throws ledger.unknown_epoch, ledger.bad_transition
 */
export function markFinal(store: Store, epochId: number): Promise<StoredEpoch> {
  return transition(store, epochId, ['submitted', 'final'], 'final', async () => ({
    final_at: sql<Date>`coalesce(final_at, now())`,
  }));
}

/**
 * The chain no longer has the epoch as deep as it should: it counts as sent, and nothing more.
 * @throws ledger.unknown_epoch, ledger.bad_transition
 */
export function markTakenBack(store: Store, epochId: number): Promise<StoredEpoch> {
  return transition(store, epochId, ['submitted', 'final'], 'submitted', async () => ({
    final_at: null,
  }));
}

/** @param change columns to set with the new state; undefined leaves the epoch as it is */
async function transition(
  store: Store,
  epochId: number,
  from: readonly EpochState[],
  to: EpochState,
  change: (trx: Db, before: StoredEpoch) => Promise<object | undefined>,
): Promise<StoredEpoch> {
  return store.db.transaction().execute(async (trx) => {
    await takeLock(trx, 'epoch');
    const before = await epochById(trx, epochId);
    if (!from.includes(before.state)) {
      throw new CanbaoError('ledger.bad_transition', { from: before.state, to });
    }
    const columns = await change(trx, before);
    if (!columns) return before;
    await trx
      .updateTable('epoch')
      .set({ ...columns, state: to })
      .where('id', '=', epochId)
      .execute();
    return epochById(trx, epochId);
  });
}

async function epochById(db: Db, id: number): Promise<StoredEpoch> {
  const [epoch] = await builtEpochs(db, { id });
  if (!epoch) throw new CanbaoError('ledger.unknown_epoch', { what: `number ${id}` });
  return epoch;
}
