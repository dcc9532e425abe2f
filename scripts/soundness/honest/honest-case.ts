import type { MonthIndex } from '../../../src/core/month.ts';
import type { CheckResult, Signals } from '../../../src/statements/define-statement.ts';
import type { Params } from '../../../src/statements/statement-text.ts';
import type { Random } from '../../../test/support/random.ts';

/** An honest question with everything a proof of it takes. */
export interface HonestCase {
  readonly name: string;
  /** A passing vector of the statement, not one drawn from the seed. */
  readonly isVector: boolean;
  readonly params: Params;
  readonly epochMonth: MonthIndex;
  /** Circuit inputs by name. */
  readonly inputs: Signals;
  /** What the oracle says of the same record under other params, askable or not. */
  answer(params: Params): CheckResult;
  /** The inputs an honest prover would try for other params. */
  own(params: Params): Signals;
  /** The record with one fact changed, committed anew: what the circuit must say is the oracle's answer. */
  otherRecords(random: Random): Iterable<OtherRecord>;
  /** Inputs with a word no authority would commit, hashed anew so that only range checks are left to refuse it. */
  badWords(): Iterable<BadWord>;
  /** Inputs with a key no authority would enrol, committed and signing all the same. */
  badKeys(): Iterable<BadWord>;
}

export interface OtherRecord {
  /** `profile.scheme = 2` */
  readonly what: string;
  /** What was changed: `profile.scheme`. */
  readonly coordinate: string;
  readonly answer: CheckResult;
  /** The record in a ledger, asked by its honest holder: takes some 20 ms. */
  inputs(): Signals;
}

export interface BadWord {
  /** The input that holds it, and its element: `paid[0]`. */
  readonly input: string;
  readonly value: bigint;
  readonly inputs: Signals;
}
