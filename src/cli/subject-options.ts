import { type Command, Option } from 'commander';
import { CanbaoError } from '../core/errors/canbao-error.ts';
import { type CreditCode, parseCreditCode } from '../ledger/employer.ts';

/** Whose record a command is about, as its options name it. */
export interface SubjectOptions {
  readonly person?: string;
  readonly employer?: string;
}

/** A person by ID number, or an employer by credit code. */
export type NamedSubject =
  | { readonly idNumber: string; readonly creditCode?: never }
  | { readonly creditCode: CreditCode; readonly idNumber?: never };

/** Adds `--person` and `--employer`, of which one must be given. */
export function subjectOptions(command: Command): Command {
  const person = new Option('--person <idNumber>', 'ID number of the person');
  const employer = new Option('--employer <creditCode>', 'credit code of the employer');
  return command.addOption(person.conflicts('employer')).addOption(employer.conflicts('person'));
}

/** @throws cli.bad_usage where neither is given, ledger.bad_credit_code */
export function namedSubject({ person, employer }: SubjectOptions): NamedSubject {
  if (person !== undefined) return { idNumber: person };
  if (employer !== undefined) return { creditCode: parseCreditCode(employer) };
  throw new CanbaoError('cli.bad_usage', { reason: '--person or --employer is needed' });
}
