import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { parseIdNumber } from '../id-number.ts';
import { type Pepper, personHash } from '../person-hash.ts';
import { enrolKey, type NewKey } from './enrol-key.ts';
import { takeLock } from './locks.ts';
import type { Store } from './open-store.ts';
import { checkPepper, findAccount } from './persons.ts';

export interface Enrolment extends NewKey {
  readonly idNumber: string;
  readonly pepper: Pepper;
}

/**
 * Ties a holder's key to a person's account from the next epoch on. Earlier keys are kept as
 * history; enrolling the same key again changes nothing.
 * @returns the account's index
 * @throws ledger.bad_id_number, ledger.bad_id_date, ledger.bad_id_check, ledger.unknown_person,
 * ledger.commitment_taken, ledger.wrong_pepper, holder.other_key
 */
export async function enrolHolder(store: Store, enrolment: Enrolment): Promise<number> {
  const person = personHash(enrolment.pepper, parseIdNumber(enrolment.idNumber));
  return store.db.transaction().execute(async (trx) => {
    await takeLock(trx, 'enrolment');
    await checkPepper(trx, enrolment.pepper);
    const account = await findAccount(trx, person);
    if (account === undefined) throw new CanbaoError('ledger.unknown_person');
    await enrolKey(trx, { account_index: account }, enrolment);
    return account;
  });
}
