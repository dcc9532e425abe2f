import { type Fr, toFr } from '../core/field.ts';
import type { MonthIndex } from '../core/month.ts';
import { packWord, type WordLayout } from '../core/packed-word.ts';
import type { Poseidon } from '../core/poseidon.ts';
import { tags } from '../core/tags.ts';
import type { Epoch } from './epoch.ts';
import { type MonthSet, monthSetWords } from './month-set.ts';
import type { InclusionProof } from './tree.ts';

/** Months of head-counts in a leaf, the epoch's own month first. */
export const HEAD_COUNT_MONTHS = 24;
/** 16 bits a month; more people than that are said to be as many. */
export const MAX_HEAD_COUNT = 2 ** 16 - 1;

const COUNTS_A_WORD = 12;
const headCountLayout: WordLayout = Object.fromEntries(
  Array.from({ length: COUNTS_A_WORD }, (_, i) => [`month${i}`, 16]),
);

/** What an employer owed for one month, added up over its people. An entry exists where anything was owed. */
export interface OwedMonth {
  readonly month: MonthIndex;
  /** Distinct people with a paid contribution. */
  readonly people: number;
  /** Contributions (person × insurance) not paid in full. */
  readonly unpaid: number;
}

/** One employer's standing as a leaf commits to it. */
export interface EmployerAccount {
  /** Packed credit code. */
  readonly creditCode: bigint;
  /** When the present holder key was enrolled; 0 = nobody has. */
  readonly identityMonth: MonthIndex;
  /** Months with at least one contribution owed, in which every one is paid in full. */
  readonly paidInFull: MonthSet;
  /** People with a paid contribution, `number[24]`: `[j]` in the month `epochMonth − j`. */
  readonly headCounts: readonly number[];
  /** Contributions owed up to the epoch's month: person × insurance × month. */
  readonly unpaidMonths: number;
}

/** The values of an employer leaf, as the circuits open them. */
export interface EmployerParts {
  readonly holderCommitment: Fr;
  readonly creditCode: Fr;
  readonly identityMonth: Fr;
  /** `Poseidon(words[4])`. */
  readonly paidInFull: Fr;
  /** `Fr[2]`. */
  readonly headCounts: readonly Fr[];
  readonly unpaidMonths: Fr;
}

/** @throws core.out_of_range */
export function employerParts(
  employer: EmployerAccount,
  holderCommitment: Fr,
  hash: Poseidon,
): EmployerParts {
  if (employer.headCounts.length !== HEAD_COUNT_MONTHS) {
    throw new RangeError(`${employer.headCounts.length} head-counts, not ${HEAD_COUNT_MONTHS}`);
  }
  return {
    holderCommitment,
    creditCode: toFr(employer.creditCode),
    identityMonth: toFr(BigInt(employer.identityMonth)),
    paidInFull: hash(monthSetWords(employer.paidInFull)),
    headCounts: [0, COUNTS_A_WORD].map((start) => headCountWord(employer.headCounts, start)),
    unpaidMonths: toFr(BigInt(employer.unpaidMonths)),
  };
}

function headCountWord(counts: readonly number[], start: number): Fr {
  const fields = Object.fromEntries(
    Array.from({ length: COUNTS_A_WORD }, (_, i) => [
      `month${i}`,
      BigInt(Math.min(counts[start + i] ?? 0, MAX_HEAD_COUNT)),
    ]),
  );
  return packWord(headCountLayout, fields);
}

/** `Poseidon(TAG_EMPLOYER, holderCommitment, creditCode, identityMonth, paidInFull, headCounts[0..1], unpaidMonths)`. */
export function employerLeaf(parts: EmployerParts, hash: Poseidon): Fr {
  return hash([
    tags.TAG_EMPLOYER,
    parts.holderCommitment,
    parts.creditCode,
    parts.identityMonth,
    parts.paidInFull,
    ...parts.headCounts,
    parts.unpaidMonths,
  ]);
}

/** One employer under a closed month: what a bureau hands the employer. */
export interface EmployerOpening {
  readonly employer: EmployerAccount;
  readonly holderCommitment: Fr;
  /** Position and siblings `Fr[16][3]` in the employers' tree. */
  readonly inclusion: InclusionProof;
  readonly epoch: Epoch;
}
