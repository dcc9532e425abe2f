import { type MonthIndex, monthOfDate } from '../../core/month.ts';
import { readEnrolment } from '../../holder/enrolment.ts';
import type { CreditCode } from '../../ledger/employer.ts';
import { enrolEmployer as enrolEmployerKey } from '../../ledger/store/enrol-employer.ts';
import { enrolHolder } from '../../ledger/store/enrol-holder.ts';
import type { Service } from '../service.ts';

type Enrolling = Pick<Service, 'bureau' | 'clock'>;

/**
 * Ties a person to the key of an enrolment file from the next epoch on, and the key to its
 * commitment, in one transaction. Another key than the present one takes its place at once for
 * logging in; earlier ones stay as history. Whoever calls it has checked who is asking.
 * @param enrolment parsed JSON of a `canbao/enrolment@1` file
 * @returns the account's index, and the month the key counts as enrolled in: the present one
 * @throws holder.bad_enrolment, holder.bad_key, and what `enrolHolder` throws
 */
export async function enrolPerson(
  { bureau, clock }: Enrolling,
  { idNumber, enrolment }: { readonly idNumber: string; readonly enrolment: unknown },
): Promise<{ readonly account: number; readonly identityMonth: MonthIndex }> {
  const { store, pepper } = bureau;
  const key = { ...readEnrolment(enrolment), identityMonth: monthOfDate(new Date(clock() * 1000)) };
  const account = await enrolHolder(store, { idNumber, pepper, ...key });
  return { account, identityMonth: key.identityMonth };
}

/**
 * {@link enrolPerson} for an employer.
 * @throws holder.bad_enrolment, holder.bad_key, and what the ledger's `enrolEmployer` throws
 */
export async function enrolEmployer(
  { bureau, clock }: Enrolling,
  { creditCode, enrolment }: { readonly creditCode: CreditCode; readonly enrolment: unknown },
): Promise<{ readonly employer: number; readonly identityMonth: MonthIndex }> {
  const key = { ...readEnrolment(enrolment), identityMonth: monthOfDate(new Date(clock() * 1000)) };
  const employer = await enrolEmployerKey(bureau.store, { creditCode, ...key });
  return { employer, identityMonth: key.identityMonth };
}
