import type { EmployerAccount } from '../../../../src/ledger/employer-account.ts';
import { randomEmployer } from '../../../../test/support/accounts.ts';
import type { RecordKind } from '../subject.ts';
import { employerBadWords, employerEpochRoot } from './bad-words.ts';
import { employerCoordinates } from './coordinates.ts';

export const employerKind: RecordKind<EmployerAccount> = {
  coordinates: employerCoordinates,
  randomRecord: randomEmployer,
  badWords: employerBadWords,
  epochRoot: employerEpochRoot,
};
