import type { MonthIndex } from '../../../src/core/month.ts';
import { LEDGER_END, LEDGER_START } from '../../../src/ledger/month-set.ts';
import type { Statement } from '../../../src/statements/define-statement.ts';
import type { Random } from '../../../test/support/random.ts';
import type { Question } from './question.ts';

/** One thing about a question that can be varied while the others stay. */
export interface Coordinate<R> {
  readonly name: string;
  /** Its least and its greatest value, and others that are telling. */
  readonly extremes: readonly ((question: Question<R>) => Question<R>)[];
  /** The same thing of another record, or anything in range. */
  vary(question: Question<R>, donor: R, random: Random): Question<R>;
  /** Where the thing is a number. */
  readonly number?: NumberCoordinate<R>;
}

export interface NumberCoordinate<R> {
  readonly min: bigint;
  readonly max: bigint;
  get(question: Question<R>): bigint;
  set(question: Question<R>, value: bigint): Question<R>;
}

export function numberCoordinate<R>(name: string, number: NumberCoordinate<R>): Coordinate<R> {
  const { min, max, set } = number;
  return {
    name,
    extremes: [min, max].map((value) => (question: Question<R>) => set(question, value)),
    vary: (question, _, random) => set(question, min + (random.bits(128) % (max - min + 1n))),
    number,
  };
}

/** The coordinates every question has: the params and the month of the ledger. */
export function askedCoordinates<R>(statement: Statement): Coordinate<R>[] {
  const ranges = statement.ranges ?? {};
  const params = Object.entries(statement.params).map(([field, bits]) => {
    const [min, max] = ranges[field] ?? [0n, (1n << BigInt(bits)) - 1n];
    return numberCoordinate<R>(`params.${field}`, {
      min,
      max,
      get: (question) => question.params[field] ?? 0n,
      set: (question, value) => ({ ...question, params: { ...question.params, [field]: value } }),
    });
  });
  const epochMonth = numberCoordinate<R>('epochMonth', {
    min: BigInt(LEDGER_START),
    max: BigInt(LEDGER_END),
    get: (question) => BigInt(question.epochMonth),
    set: (question, value) => ({ ...question, epochMonth: Number(value) as MonthIndex }),
  });
  return [...params, epochMonth];
}
