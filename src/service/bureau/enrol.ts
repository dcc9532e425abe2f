import { CanbaoError } from '../../core/errors/canbao-error.ts';
import { formatMonth } from '../../core/month.ts';
import { readEnrolment } from '../../holder/enrolment.ts';
import { type CreditCode, parseCreditCode } from '../../ledger/employer.ts';
import { enrolEmployer } from '../../ledger/store/enrol-employer.ts';
import { enrolHolder } from '../../ledger/store/enrol-holder.ts';
import type { Service } from '../service.ts';

/** Whose key it is: a person, or an employer. */
export type EnrolmentSubject =
  | { readonly idNumber: string; readonly creditCode?: undefined }
  | { readonly creditCode: string; readonly idNumber?: undefined };

/** The place in its tree of whom the key is tied to, and from when it counts as theirs. */
export interface Enrolled {
  readonly kind: 'person' | 'employer';
  readonly index: number;
  /** `2026-11` */
  readonly identityMonth: string;
}

/**
 * Ties a holder's key to a person or an employer, from the next epoch on; whom, the clerk has
 * checked. Enrolling a new key replaces the one before.
 * @param enrolment the enrolment file of the wallet
 * @throws holder.bad_enrolment, holder.bad_key, holder.other_key, ledger.bad_id_number,
 * ledger.bad_id_date, ledger.bad_id_check, ledger.bad_credit_code, ledger.unknown_person,
 * ledger.unknown_employer, ledger.commitment_taken
 */
export async function enrolByBureau(
  service: Service,
  subject: EnrolmentSubject,
  enrolment: unknown,
): Promise<Enrolled> {
  const { store, pepper } = service.bureau;
  const key = { ...readEnrolment(enrolment), identityMonth: service.bureau.present };
  const identityMonth = formatMonth(key.identityMonth);
  if (subject.creditCode === undefined) {
    const { idNumber } = subject;
    const index = await enrolHolder(store, { idNumber, pepper, ...key });
    return { kind: 'person', index, identityMonth };
  }
  const creditCode = quietCreditCode(subject.creditCode);
  const index = await enrolEmployer(store, { creditCode, ...key });
  return { kind: 'employer', index, identityMonth };
}

/** The complaint usually quotes the code: here it may be a person's number in the wrong field. */
function quietCreditCode(text: string): CreditCode {
  try {
    return parseCreditCode(text);
  } catch {
    throw new CanbaoError('ledger.bad_credit_code', { value: `${text.slice(0, 2)}…` });
  }
}
