import { toRequestHash, toScope } from '../../../src/core/brands.ts';
import { CanbaoError } from '../../../src/core/errors/canbao-error.ts';
import type { Fr } from '../../../src/core/field.ts';
import type { Poseidon } from '../../../src/core/poseidon.ts';
import { signPoseidon } from '../../../src/holder/eddsa-poseidon.ts';
import type { HolderKeys } from '../../../src/holder/keys.ts';
import type { Account } from '../../../src/ledger/account.ts';
import type { EmployerAccount } from '../../../src/ledger/employer-account.ts';
import { circuitInputs } from '../../../src/prove/circuit-inputs.ts';
import { packParams } from '../../../src/request/params.ts';
import {
  type CheckResult,
  IDENTITY_BEFORE,
  type Signals,
  type Statement,
} from '../../../src/statements/define-statement.ts';
import { checkOpening, identityMonthOf, statementSignals } from '../../../src/statements/judge.ts';
import type { Params } from '../../../src/statements/statement-text.ts';
import type { Random } from '../../../test/support/random.ts';
import { vectorsOf } from '../../../test/support/vectors.ts';
import { askedCoordinates, type Coordinate } from './coordinate.ts';
import { drawElement } from './draw.ts';
import type { BadWord, HonestCase } from './honest-case.ts';
import { offCurveKeys } from './off-curve-keys.ts';
import { committedOpening, uncommittedOpening } from './opening.ts';
import { otherRecords } from './other-records.ts';
import type { NamedQuestion, Question, Subject } from './question.ts';

/** What differs between people and employers. */
export interface RecordKind<R> {
  readonly coordinates: readonly Coordinate<R>[];
  randomRecord(random: Random): R;
  /** Words of the leaf, and of what it commits to, past their width: hashed in, root and all. */
  badWords(inputs: Signals, params: Params, hash: Poseidon): Iterable<BadWord>;
  /** The epoch root that inputs lead to. */
  epochRoot(inputs: Signals, hash: Poseidon): Fr;
}

/** A statement, the records it is about, and holders to prove it. */
export function subjectOf<R extends Account | EmployerAccount>(
  statement: Statement,
  kind: RecordKind<R>,
  holders: readonly HolderKeys[],
  hash: Poseidon,
): Subject<R> {
  const open = (question: NamedQuestion<R>, random: Random): HonestCase => {
    const { record, params, epochMonth, name, isVector = false } = question;
    const holder = random.pick(holders);
    const opening = committedOpening(record, holder.commitment, epochMonth, random, hash);
    const requestHash = toRequestHash(drawElement(random));
    const own = (asked: Params) => statementSignals(statement, opening, asked);
    const inputs = circuitInputs({
      opening,
      holderKeys: holder,
      signature: signPoseidon(holder, requestHash),
      request: {
        scope: toScope(drawElement(random)),
        requestHash,
        params: packParams(statement, params),
      },
      own: own(params),
    });
    return {
      ...{ name, isVector, params, epochMonth, inputs, own },
      answer: (asked) => answer(statement, { record, params: asked, epochMonth }),
      otherRecords: (draw) => otherRecords(subject, question, draw),
      badWords: () => kind.badWords(inputs, params, hash),
      badKeys: () => offCurveKeys(inputs, holder, (changed) => kind.epochRoot(changed, hash)),
    };
  };
  const subject: Subject<R> = {
    statement,
    // A statement's vectors hold records of its own kind.
    vectors: vectorsOf(statement).filter(
      ({ reason }) => reason === undefined,
    ) as unknown as readonly NamedQuestion<R>[],
    coordinates: [...askedCoordinates<R>(statement), ...kind.coordinates],
    recordCoordinates: kind.coordinates,
    randomRecord: kind.randomRecord,
    answer: (question) => answer(statement, question),
    open,
  };
  return subject;
}

function answer(
  statement: Statement,
  { record, params, epochMonth }: Question<Account | EmployerAccount>,
): CheckResult {
  const opening = uncommittedOpening(record, epochMonth);
  const identityBefore = params[IDENTITY_BEFORE] ?? 0n;
  if (identityBefore !== 0n && identityMonthOf(opening) >= identityBefore) {
    return { satisfied: false, reason: 'identity', facts: {} };
  }
  try {
    return checkOpening(statement, opening, params);
  } catch (error) {
    // Facts so far out that the oracle cannot compute with them: a refusal like any other.
    if (error instanceof CanbaoError) return { satisfied: false, reason: error.code, facts: {} };
    throw error;
  }
}
