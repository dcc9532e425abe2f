import type { Fr } from '../core/field.ts';
import { toFr } from '../core/field.ts';
import type { Fen } from '../core/money.ts';
import type { MonthIndex } from '../core/month.ts';
import { packWord, type WordFields } from '../core/packed-word.ts';
import type { Poseidon } from '../core/poseidon.ts';
import { tags } from '../core/tags.ts';
import { insurances } from './insurance.ts';
import { type MonthSet, monthSetWords } from './month-set.ts';
import { type Run, runsRoot } from './runs.ts';

/** Bits of `profile`, least significant first. Months are month indices, 0 = none. */
export const profileLayout = {
  birthMonth: 12,
  /** 0 female, 1 male. */
  sex: 1,
  /** By original retirement age: 0 men 60, 1 women 55, 2 women 50. */
  retirementCategory: 2,
  /** 0 employees' (flexible workers too), 1 residents'. */
  scheme: 2,
  /** When the present holder key was enrolled; 0 = nobody has. */
  identityMonth: 12,
  /** Deemed contribution months (视同缴费) before the ledger. */
  deemedMonths: 10,
  /** 0 contributing, 1 interrupted, 2 retired, 3 closed. */
  status: 3,
  specialTradeMonths: 10,
} as const;

/** Bits of `benefits`, least significant first. */
export const benefitsLayout = {
  /** First month a pension was paid for; 0 = none. */
  pensionSince: 12,
  unemploymentClaimedMonths: 6,
  lastUnemploymentClaimEnd: 12,
  lastTermination: 12,
  /** 0 none, 1 dismissed or contract ended by the employer, 2 resigned, 3 retired, 4 other. */
  lastTerminationReason: 3,
} as const;

/** Bits of one month's word in the ledger chain. */
export const monthWordLayout = {
  month: 12,
  baseFen: 32,
  paidMask: 5,
  lateMask: 5,
  /** 0 employee, 1 flexible worker, 2 resident. */
  category: 3,
  /** As recorded: six digits, not reduced to the city. */
  region: 20,
  /** Packed credit code; 0 for a flexible worker. */
  employer: 90,
} as const;

export type Profile = WordFields<typeof profileLayout>;
export type Benefits = WordFields<typeof benefitsLayout>;

/** Months paid, and those of them settled after they were due. `late` is a subset of `paid`. */
export interface Coverage {
  readonly paid: MonthSet;
  readonly late: MonthSet;
}

/** What the ledger keeps of one month with at least one record. */
export interface MonthEntry {
  readonly month: MonthIndex;
  readonly baseFen: Fen;
  readonly paidMask: number;
  readonly lateMask: number;
  readonly category: number;
  readonly region: number;
  readonly employer: bigint;
}

/** One person's record as a leaf commits to it. */
export interface Account {
  readonly profile: Profile;
  readonly benefits: Benefits;
  /** By insurance index, `Coverage[5]`. */
  readonly coverage: readonly Coverage[];
  /** Sorted by `from`, at most 64. */
  readonly regionRuns: readonly Run[];
  readonly employerRuns: readonly Run[];
  /** Ascending by month, one a month. */
  readonly months: readonly MonthEntry[];
}

/** The hashes of an account, as the circuits open them. */
export interface AccountParts {
  readonly holderCommitment: Fr;
  readonly profile: Fr;
  readonly benefits: Fr;
  /** `Fr[5]`. */
  readonly coverage: readonly Fr[];
  readonly regionRunsRoot: Fr;
  readonly employerRunsRoot: Fr;
  readonly ledgerHead: Fr;
}

/** `(paid[4], late[4])`: what is hashed of one insurance. */
export function coverageMessage(coverage: Coverage): Fr[] {
  return [...monthSetWords(coverage.paid), ...monthSetWords(coverage.late)];
}

/** `Poseidon(paid[4], late[4])`. */
export function coverageHash(coverage: Coverage, hash: Poseidon): Fr {
  return hash(coverageMessage(coverage));
}

/** @throws core.out_of_range */
export function monthWord(entry: MonthEntry): Fr {
  return packWord(monthWordLayout, {
    month: BigInt(entry.month),
    baseFen: BigInt(entry.baseFen),
    paidMask: BigInt(entry.paidMask),
    lateMask: BigInt(entry.lateMask),
    category: BigInt(entry.category),
    region: BigInt(entry.region),
    employer: entry.employer,
  });
}

/** `head = Poseidon(previousHead, monthWord)` over the months in order, from 0. */
export function ledgerHead(months: readonly MonthEntry[], hash: Poseidon, from?: Fr): Fr {
  let head = from ?? toFr(0n);
  for (const entry of months) head = hash([head, monthWord(entry)]);
  return head;
}

/** Hashes an account's parts. About 30 hashes and one a ledger month. */
export function accountParts(account: Account, holderCommitment: Fr, hash: Poseidon): AccountParts {
  if (account.coverage.length !== insurances.length) {
    throw new RangeError(`coverage has ${account.coverage.length} insurances, not 5`);
  }
  return {
    holderCommitment,
    profile: packWord(profileLayout, account.profile),
    benefits: packWord(benefitsLayout, account.benefits),
    coverage: account.coverage.map((coverage) => coverageHash(coverage, hash)),
    regionRunsRoot: runsRoot('region', account.regionRuns, hash),
    employerRunsRoot: runsRoot('employer', account.employerRuns, hash),
    ledgerHead: ledgerHead(account.months, hash),
  };
}

/** `(TAG_ACCOUNT, holderCommitment, profile, benefits, coverage[0..4], regionRunsRoot, employerRunsRoot, ledgerHead)`. */
export function accountMessage(parts: AccountParts): Fr[] {
  return [
    tags.TAG_ACCOUNT,
    parts.holderCommitment,
    parts.profile,
    parts.benefits,
    ...parts.coverage,
    parts.regionRunsRoot,
    parts.employerRunsRoot,
    parts.ledgerHead,
  ];
}

/** Poseidon of {@link accountMessage}. */
export function accountLeaf(parts: AccountParts, hash: Poseidon): Fr {
  return hash(accountMessage(parts));
}
