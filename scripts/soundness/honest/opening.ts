import { toEpochRoot } from '../../../src/core/brands.ts';
import { type Fr, toFr } from '../../../src/core/field.ts';
import type { MonthIndex } from '../../../src/core/month.ts';
import type { Poseidon } from '../../../src/core/poseidon.ts';
import { type Account, accountLeaf, accountParts } from '../../../src/ledger/account.ts';
import {
  type EmployerAccount,
  employerLeaf,
  employerParts,
} from '../../../src/ledger/employer-account.ts';
import { type Epoch, epochRoot } from '../../../src/ledger/epoch.ts';
import { type InclusionProof, rootOf } from '../../../src/ledger/tree.ts';
import type { Opening } from '../../../src/statements/define-statement.ts';
import type { Random } from '../../../test/support/random.ts';
import { drawElement, drawPlace } from './draw.ts';

type AnyRecord = Account | EmployerAccount;

/** The record in a ledger of which nothing else is known. */
export function committedOpening(
  record: AnyRecord,
  holderCommitment: Fr,
  month: MonthIndex,
  random: Random,
  hash: Poseidon,
): Opening {
  const inclusion = drawPlace(random);
  const isPerson = 'profile' in record;
  const leaf = isPerson
    ? accountLeaf(accountParts(record, holderCommitment, hash), hash)
    : employerLeaf(employerParts(record, holderCommitment, hash), hash);
  const own = rootOf(leaf, inclusion, hash);
  const other = drawElement(random);
  const [accountsRoot, employersRoot] = isPerson ? [own, other] : [other, own];
  const root = epochRoot(accountsRoot, employersRoot, month, hash);
  return openingOf(record, holderCommitment, inclusion, {
    month,
    accountsRoot,
    employersRoot,
    root,
  });
}

/** Enough of an opening for the plain oracle, which looks at no hash. */
export function uncommittedOpening(record: AnyRecord, month: MonthIndex): Opening {
  const none = toFr(0n);
  const epoch = { month, accountsRoot: none, employersRoot: none, root: toEpochRoot(0n) };
  return openingOf(record, none, { index: 0, siblings: [] }, epoch);
}

function openingOf(
  record: AnyRecord,
  holderCommitment: Fr,
  inclusion: InclusionProof,
  epoch: Epoch,
): Opening {
  const shared = { holderCommitment, inclusion, epoch };
  return 'profile' in record ? { ...shared, account: record } : { ...shared, employer: record };
}
