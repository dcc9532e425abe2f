import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { type Fr, frToBytes } from '../../core/field.ts';
import type { MonthIndex } from '../../core/month.ts';
import { parseIdNumber } from '../id-number.ts';
import { type Pepper, personHash } from '../person-hash.ts';
import { takeLock } from './locks.ts';
import type { Store } from './open-store.ts';
import { checkPepper, findAccount } from './persons.ts';
import { nextId } from './seen-keys.ts';

export interface Enrolment {
  readonly idNumber: string;
  readonly pepper: Pepper;
  readonly commitment: Fr;
  /** The present month: statements may ask for a key enrolled before some month. */
  readonly identityMonth: MonthIndex;
}

/**
 * Ties a holder's key to a person's account from the next epoch on. Earlier keys are kept as
 * history; enrolling the same key again changes nothing.
 * @returns the account's index
 * @throws ledger.bad_id_number, ledger.bad_id_date, ledger.bad_id_check, ledger.unknown_person,
 * ledger.commitment_taken, ledger.wrong_pepper
 */
export async function enrolHolder(store: Store, enrolment: Enrolment): Promise<number> {
  const person = personHash(enrolment.pepper, parseIdNumber(enrolment.idNumber));
  const commitment = frToBytes(enrolment.commitment);
  return store.db.transaction().execute(async (trx) => {
    await takeLock(trx, 'enrolment');
    await checkPepper(trx, enrolment.pepper);
    const account = await findAccount(trx, person);
    if (account === undefined) throw new CanbaoError('ledger.unknown_person');
    const present = await trx
      .selectFrom('enrolment')
      .select('commitment')
      .where('account_index', '=', account)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (present && Buffer.from(present.commitment).equals(commitment)) return account;
    const other = await trx
      .selectFrom('enrolment')
      .select('account_index')
      .where('commitment', '=', commitment)
      .where('account_index', '!=', account)
      .executeTakeFirst();
    if (other) throw new CanbaoError('ledger.commitment_taken');
    await trx
      .insertInto('enrolment')
      .values({
        id: await nextId(trx, 'enrolment'),
        account_index: account,
        commitment,
        identity_month: enrolment.identityMonth,
      })
      .execute();
    return account;
  });
}
