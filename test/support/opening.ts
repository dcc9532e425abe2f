import { type Fr, toFr } from '../../src/core/field.ts';
import { toFen } from '../../src/core/money.ts';
import { addMonths, type MonthIndex, monthIndex } from '../../src/core/month.ts';
import { poseidon } from '../../src/core/poseidon.ts';
import { type Account, accountLeaf, accountParts } from '../../src/ledger/account.ts';
import { type AccountOpening, epochRoot } from '../../src/ledger/epoch.ts';
import { monthBit } from '../../src/ledger/month-set.ts';
import { inclusionProof, TREE_DEPTH, treeLevels } from '../../src/ledger/tree.ts';

const FIRST = monthIndex(2020, 1);
const EMPLOYER = 123_456_789n;
export const EPOCH_MONTH = monthIndex(2026, 9);

/** An employee paid in Xiamen from 2020-01 for `months` months, pension and medical, one late. */
export function sampleAccount(months = 24): Account {
  const span = Array.from({ length: months }, (_, i) => addMonths(FIRST, i));
  const paid = span.reduce((set, month) => set | monthBit(month), 0n);
  const [late, none] = [monthBit(FIRST), 0n];
  const to = (span.at(-1) ?? FIRST) as MonthIndex;
  const run = { insuranceMask: 0b00011, from: FIRST, to };
  return {
    profile: {
      birthMonth: BigInt(monthIndex(1990, 5)),
      sex: 1n,
      retirementCategory: 0n,
      scheme: 0n,
      identityMonth: BigInt(monthIndex(2026, 8)),
      deemedMonths: 0n,
      status: 0n,
      specialTradeMonths: 0n,
    },
    benefits: {
      pensionSince: 0n,
      unemploymentClaimedMonths: 0n,
      lastUnemploymentClaimEnd: 0n,
      lastTermination: 0n,
      lastTerminationReason: 0n,
    },
    coverage: [
      { paid, late },
      { paid, late: none },
      { paid: none, late: none },
      { paid: none, late: none },
      { paid: none, late: none },
    ],
    regionRuns: [{ place: 350_200n, ...run }],
    employerRuns: [{ place: EMPLOYER, ...run }],
    months: span.map((month, i) => ({
      month,
      baseFen: toFen(654_320),
      paidMask: 0b00011,
      lateMask: i === 0 ? 1 : 0,
      category: 0,
      region: 350_203,
      employer: EMPLOYER,
    })),
  };
}

/** `account` at place 1 of a ledger of three, closed for 2026-09. */
export function openingOf(account: Account, holderCommitment: Fr): AccountOpening {
  const leaf = accountLeaf(accountParts(account, holderCommitment, poseidon), poseidon);
  const levels = treeLevels([toFr(111n), leaf, toFr(333n)], TREE_DEPTH, poseidon);
  const accountsRoot = levels[TREE_DEPTH]?.[0] ?? toFr(0n);
  const employersRoot = toFr(444n);
  return {
    account,
    holderCommitment,
    inclusion: inclusionProof(levels, 1, poseidon),
    epoch: {
      month: EPOCH_MONTH,
      accountsRoot,
      employersRoot,
      root: epochRoot(accountsRoot, employersRoot, EPOCH_MONTH, poseidon),
    },
  };
}
