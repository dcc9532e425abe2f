import type { Account } from '../../../../src/ledger/account.ts';
import { randomAccount } from '../../../../test/support/accounts.ts';
import type { RecordKind } from '../subject.ts';
import { accountBadWords, accountEpochRoot } from './bad-words.ts';
import { accountCoordinates } from './coordinates.ts';

export const accountKind: RecordKind<Account> = {
  coordinates: accountCoordinates,
  randomRecord: randomAccount,
  badWords: accountBadWords,
  epochRoot: accountEpochRoot,
};
