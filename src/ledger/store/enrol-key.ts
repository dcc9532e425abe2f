import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type Fr, frToBytes } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import { bindHolderKey, type HolderPublicKey } from './holder-keys.ts';
import { nextId } from './seen-keys.ts';
import type { Db } from './tables.ts';

/** Whom a key is for, by place in the tree of its kind. */
export type KeyOwner = { readonly account_index: number } | { readonly employer_index: number };

export interface NewKey {
  readonly commitment: Fr;
  /** As its enrolment file gives it; without it the holder cannot log in to the service. */
  readonly publicKey?: HolderPublicKey | undefined;
  /** The present month: statements may ask for a key enrolled before some month. */
  readonly identityMonth: MonthIndex;
}

/**
 * Ties a holder's key to a person or an employer from the next epoch on. Earlier keys are kept as
 * history; the present key again changes nothing. Assumes the enrolment lock.
 * @throws ledger.commitment_taken: two owners of one key would share their nullifiers;
 * holder.other_key
 */
export async function enrolKey(trx: Db, owner: KeyOwner, key: NewKey): Promise<void> {
  const commitment = frToBytes(key.commitment);
  const [column, index] =
    'account_index' in owner
      ? (['account_index', owner.account_index] as const)
      : (['employer_index', owner.employer_index] as const);
  const present = await trx
    .selectFrom('enrolment')
    .select('commitment')
    .where(column, '=', index)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (present && Buffer.from(present.commitment).equals(commitment)) {
    // Keys enrolled before public keys were kept get theirs.
    if (key.publicKey) await bindHolderKey(trx, key.commitment, key.publicKey);
    return;
  }
  const other = await trx
    .selectFrom('enrolment')
    .select('id')
    .where('commitment', '=', commitment)
    .where(column, 'is distinct from', index)
    .executeTakeFirst();
  if (other) throw new CanbaoError('ledger.commitment_taken');
  if (key.publicKey) await bindHolderKey(trx, key.commitment, key.publicKey);
  await trx
    .insertInto('enrolment')
    .values({
      account_index: null,
      employer_index: null,
      ...owner,
      id: await nextId(trx, 'enrolment'),
      commitment,
      identity_month: key.identityMonth,
    })
    .execute();
}
