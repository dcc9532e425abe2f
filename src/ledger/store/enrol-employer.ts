import type { CreditCode } from '../employer.ts';
import { employerIndex } from './employers.ts';
import { enrolKey, type NewKey } from './enrol-key.ts';
import { takeLock } from './locks.ts';
import type { Store } from './open-store.ts';

export interface EmployerEnrolment extends NewKey {
  readonly creditCode: CreditCode;
}

/**
 * Ties a holder's key to an employer from the next epoch on, as `enrolHolder` does to a person.
 * @returns the employer's index
 * @throws ledger.unknown_employer, ledger.commitment_taken, holder.other_key
 */
export async function enrolEmployer(store: Store, enrolment: EmployerEnrolment): Promise<number> {
  return store.db.transaction().execute(async (trx) => {
    await takeLock(trx, 'enrolment');
    const index = await employerIndex(trx, enrolment.creditCode);
    await enrolKey(trx, { employer_index: index }, enrolment);
    return index;
  });
}
