import { CanbaoError } from '../core/errors/canbao-error.ts';
import type { MonthIndex } from '../core/month.ts';
import type { EmployerOpening } from '../ledger/employer-account.ts';
import type { AccountOpening } from '../ledger/epoch.ts';
import type { CheckResult, Opening, Signals, Statement } from './define-statement.ts';
import type { Params } from './statement-text.ts';

/** Whether an opening is a person's. */
export function isAccountOpening(opening: Opening): opening is AccountOpening {
  return 'account' in opening;
}

/** When the opening's holder key was enrolled. */
export function identityMonthOf(opening: Opening): bigint {
  return isAccountOpening(opening)
    ? opening.account.profile.identityMonth
    : BigInt(opening.employer.identityMonth);
}

/**
 * `check` of a statement on whatever it is about.
 * @throws statement.wrong_subject for a person's statement on an employer's record, or the reverse
 */
export function checkOpening(statement: Statement, opening: Opening, params: Params): CheckResult {
  const month: MonthIndex = opening.epoch.month;
  return statement.subject === 'account'
    ? statement.check(personOf(statement, opening).account, params, month)
    : statement.check(employerOf(statement, opening).employer, params, month);
}

/** `toSignals` of a statement on whatever it is about. @throws statement.wrong_subject */
export function statementSignals(statement: Statement, opening: Opening, params: Params): Signals {
  return statement.subject === 'account'
    ? statement.toSignals(personOf(statement, opening), params)
    : statement.toSignals(employerOf(statement, opening), params);
}

function personOf({ name }: Statement, opening: Opening): AccountOpening {
  if (isAccountOpening(opening)) return opening;
  throw new CanbaoError('statement.wrong_subject', { statement: name });
}

function employerOf({ name }: Statement, opening: Opening): EmployerOpening {
  if (!isAccountOpening(opening)) return opening;
  throw new CanbaoError('statement.wrong_subject', { statement: name });
}
