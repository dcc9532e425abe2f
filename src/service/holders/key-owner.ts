import { type Fr, frToBytes } from '../../core/field.ts';
import type { KeyOwner } from '../../ledger/store/enrol-key.ts';
import type { Db } from '../../ledger/store/tables.ts';

/** Whose key a commitment stands for, and whether it is still theirs. */
export interface OwnedKey {
  readonly owner: KeyOwner;
  /** No other key has been enrolled in its place. */
  readonly isPresent: boolean;
}

/** @returns undefined for a commitment nobody enrolled */
export async function ownerOfKey(db: Db, commitment: Fr): Promise<OwnedKey | undefined> {
  const bytes = frToBytes(commitment);
  const own = await db
    .selectFrom('enrolment')
    .select(['account_index', 'employer_index'])
    .where('commitment', '=', bytes)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!own) return undefined;
  const [column, index] =
    own.account_index !== null
      ? (['account_index', own.account_index] as const)
      : (['employer_index', own.employer_index ?? -1] as const);
  const last = await db
    .selectFrom('enrolment')
    .select('commitment')
    .where(column, '=', index)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const owner = column === 'account_index' ? { account_index: index } : { employer_index: index };
  return { owner, isPresent: Buffer.from(last.commitment).equals(bytes) };
}
