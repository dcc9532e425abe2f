import { parseCreditCode } from '../../../../src/ledger/employer.ts';
import { parseIdNumber } from '../../../../src/ledger/id-number.ts';

export type SubjectKind = 'person' | 'employer';

/** Whose key it is, as the service takes it. */
export type Subject = { readonly idNumber: string } | { readonly creditCode: string };

/** Undefined where the number cannot be one: its check character does not fit. */
export function subjectOf(kind: SubjectKind, text: string): Subject | undefined {
  const number = text.trim().toUpperCase();
  try {
    return kind === 'person'
      ? { idNumber: parseIdNumber(number) }
      : { creditCode: parseCreditCode(number) };
  } catch {
    return undefined;
  }
}
