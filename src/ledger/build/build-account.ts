import type { MonthIndex } from '../../core/month.ts';
import type { Account, Coverage, MonthEntry } from '../account.ts';
import { type CreditCode, packCreditCode } from '../employer.ts';
import { insurances } from '../insurance.ts';
import { isLedgerMonth, type MonthSet, monthBit } from '../month-set.ts';
import type { ContributionRecord, PersonFacts } from '../record.ts';
import { cityOf } from '../region.ts';
import { buildRuns } from './build-runs.ts';

export interface AccountInput {
  /** Effective records, one a month and insurance, in any order. */
  readonly records: readonly ContributionRecord[];
  readonly facts: PersonFacts;
  /** When the present holder key was enrolled; 0 = nobody has. */
  readonly identityMonth: number;
}

/**
 * A person's account as a leaf commits to it, as of month `asOf`: what was owed later does not
 * exist yet. Equal inputs give equal accounts, in whatever order the records come.
 */
export function buildAccount(input: AccountInput, asOf: MonthIndex): Account {
  const records = input.records
    .filter(({ month }) => month <= asOf && isLedgerMonth(month))
    .sort((a, b) => a.month - b.month || a.insurance - b.insurance);
  const paid = records.filter((record) => record.paid);
  const packed = packEmployers(records);
  return {
    ...buildWords(input),
    coverage: insurances.map((_, insurance) =>
      buildCoverage(paid.filter((record) => record.insurance === insurance)),
    ),
    regionRuns: buildRuns(
      paid.map(({ month, insurance, region }) => ({
        month,
        insurance,
        place: BigInt(cityOf(region)),
      })),
    ),
    // A month without an employer is a month elsewhere: it ends the employer's run.
    employerRuns: buildRuns(
      paid.map(({ month, insurance, employer }) => ({
        month,
        insurance,
        place: employer === null ? null : packed(employer),
      })),
    ),
    months: buildMonths(records, packed),
  };
}

function buildWords({ facts, identityMonth }: AccountInput): Pick<Account, 'profile' | 'benefits'> {
  return {
    profile: {
      birthMonth: BigInt(facts.birthMonth),
      sex: BigInt(facts.sex),
      retirementCategory: BigInt(facts.retirementCategory),
      scheme: BigInt(facts.scheme),
      identityMonth: BigInt(identityMonth),
      deemedMonths: BigInt(facts.deemedMonths),
      status: BigInt(facts.status),
      specialTradeMonths: BigInt(facts.specialTradeMonths),
    },
    benefits: {
      pensionSince: BigInt(facts.pensionSince),
      unemploymentClaimedMonths: BigInt(facts.unemploymentClaimedMonths),
      lastUnemploymentClaimEnd: BigInt(facts.lastUnemploymentClaimEnd),
      lastTermination: BigInt(facts.lastTermination),
      lastTerminationReason: BigInt(facts.lastTerminationReason),
    },
  };
}

/** Settled after the month it was owed for. */
function isLate({ paid, settled, month }: ContributionRecord): boolean {
  return paid && settled !== null && settled > month;
}

function buildCoverage(paid: readonly ContributionRecord[]): Coverage {
  const bits = (records: readonly ContributionRecord[]) =>
    records.reduce<MonthSet>((set, record) => set | monthBit(record.month), 0n);
  return { paid: bits(paid), late: bits(paid.filter(isLate)) };
}

/**
 * One entry a month with any record, paid or not. What belongs to the month as a whole (base,
 * region, employer, category) is the pension record's, or the lowest insurance's there is.
 * @param records sorted by month, then insurance
 */
function buildMonths(
  records: readonly ContributionRecord[],
  packed: (employer: CreditCode | null) => bigint,
): MonthEntry[] {
  const months: MonthEntry[] = [];
  for (const record of records) {
    const last = months.at(-1);
    const entry = last?.month === record.month ? last : firstEntry(record, packed);
    const bit = record.paid ? 1 << record.insurance : 0;
    const merged = {
      ...entry,
      paidMask: entry.paidMask | bit,
      lateMask: entry.lateMask | (isLate(record) ? bit : 0),
    };
    if (entry === last) months.pop();
    months.push(merged);
  }
  return months;
}

function firstEntry(
  { month, baseFen, category, region, employer }: ContributionRecord,
  packed: (employer: CreditCode | null) => bigint,
): MonthEntry {
  return { month, baseFen, paidMask: 0, lateMask: 0, category, region, employer: packed(employer) };
}

/** Packs each employer once: a person has few and hundreds of records of them. */
function packEmployers(records: readonly ContributionRecord[]) {
  const packed = new Map<CreditCode | null, bigint>([[null, 0n]]);
  for (const { employer } of records) {
    if (employer !== null && !packed.has(employer)) packed.set(employer, packCreditCode(employer));
  }
  return (employer: CreditCode | null) => packed.get(employer) ?? 0n;
}
