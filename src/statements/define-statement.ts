import type { Fr } from '../core/field.ts';
import { MONTH_BITS, type MonthIndex } from '../core/month.ts';
import { layoutBits, type WordFields, type WordLayout } from '../core/packed-word.ts';
import type { Account } from '../ledger/account.ts';
import type { EmployerAccount, EmployerOpening } from '../ledger/employer-account.ts';
import type { AccountOpening } from '../ledger/epoch.ts';

/** Facts a refusal is explained with; months are month indices. */
export type CheckFacts = Readonly<Record<string, number>>;

/** Whether a record satisfies a statement, and if not, which condition fails and by how much. */
export type CheckResult =
  | { readonly satisfied: true }
  | { readonly satisfied: false; readonly reason: string; readonly facts: CheckFacts };

/** Values of circuit inputs by signal name; nested arrays follow the signal's dimensions. */
export type SignalValue = Fr | readonly SignalValue[];
export type Signals = Readonly<Record<string, SignalValue>>;

/** The first field of every params word: the holder's key must have been enrolled before it; 0 = any. */
export const IDENTITY_BEFORE = 'identityBefore';

/** Whom a statement is about: a person's account, or an employer. */
interface Subjects {
  account: { opening: AccountOpening; record: Account };
  employer: { opening: EmployerOpening; record: EmployerAccount };
}
export type Subject = keyof Subjects;
/** What a holder proves from. */
export type Opening = Subjects[Subject]['opening'];

/** A predicate over one record, with its thresholds, its private inputs and its plain oracle. */
export interface StatementDefinition<L extends WordLayout, S extends Subject = Subject> {
  /** Folder and circuit name, `kebab-case`. */
  readonly slug: string;
  /** Raised whenever the meaning, the layout or a rule in the circuit changes. */
  readonly version: number;
  readonly subject: S;
  /** Bits of the params word, least significant first; begins with `identityBefore: 12`. */
  readonly params: L;
  /** Ranges that hold beyond the width, checked before a request is made: `[min, max]` inclusive. */
  readonly ranges?: { readonly [K in keyof L]?: readonly [bigint, bigint] };
  /** Dimensions of the private inputs this circuit takes beside the opening; `[]` = scalar. */
  readonly privateInputs: Readonly<Record<string, readonly number[]>>;
  /** Values of `privateInputs` for an opening. Assumes `check` is satisfied. */
  toSignals(opening: Subjects[S]['opening'], params: WordFields<L>): Signals;
  /** The same predicate in plain TypeScript: the circuit's oracle, and the source of every "why not". */
  check(record: Subjects[S]['record'], params: WordFields<L>, epochMonth: MonthIndex): CheckResult;
}

export interface Named {
  /** `coverage@1`. */
  readonly name: `${string}@${number}`;
}

/** A statement about a person. */
export type AccountStatement = StatementDefinition<WordLayout, 'account'> & Named;
/** A statement about an employer. */
export type EmployerStatement = StatementDefinition<WordLayout, 'employer'> & Named;
/** A statement as the rest of the program sees it: params by name, whatever the layout. */
export type Statement = AccountStatement | EmployerStatement;

/** Checks the layout and names the statement. @throws RangeError */
export function defineStatement<const L extends WordLayout, S extends Subject>(
  definition: StatementDefinition<L, S>,
): StatementDefinition<L, S> & Named {
  layoutBits(definition.params);
  const [first, width] = Object.entries(definition.params)[0] ?? [];
  if (first !== IDENTITY_BEFORE || width !== MONTH_BITS) {
    throw new RangeError(`params of ${definition.slug} must begin with identityBefore: 12`);
  }
  return { ...definition, name: `${definition.slug}@${definition.version}` };
}
