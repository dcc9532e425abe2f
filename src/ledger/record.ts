import type { Fen } from '../core/money.ts';
import type { MonthIndex } from '../core/month.ts';
import type { CreditCode } from './employer.ts';
import type { Region } from './region.ts';

/** Position = the code of `monthWordLayout.category`. */
export const categories = ['employee', 'flexible', 'resident'] as const;
/** Position = the code of `profileLayout.sex`. */
export const sexes = ['female', 'male'] as const;
/** Position = the code of `profileLayout.retirementCategory`. */
export const retirementCategories = ['men60', 'women55', 'women50'] as const;
/** Position = the code of `profileLayout.scheme`. */
export const schemes = ['employees', 'residents'] as const;
/** Position = the code of `profileLayout.status`. */
export const statuses = ['contributing', 'interrupted', 'retired', 'closed'] as const;
/** Position = the code of `benefitsLayout.lastTerminationReason`. */
export const terminationReasons = ['none', 'dismissed', 'resigned', 'retired', 'other'] as const;

/** One person × insurance × month owed, as the ledger keeps it. */
export interface ContributionRecord {
  /** Insurance index 0..4. */
  readonly insurance: number;
  /** Month owed. */
  readonly month: MonthIndex;
  /** Month settled; null while unpaid. */
  readonly settled: MonthIndex | null;
  readonly baseFen: Fen;
  readonly region: Region;
  /** Null for people without an employer. */
  readonly employer: CreditCode | null;
  /** Index into {@link categories}. */
  readonly category: number;
  /** Paid in full. */
  readonly paid: boolean;
}

/** What the ledger knows of a person beside contributions. Codes and months as the leaf packs them; 0 = none. */
export interface PersonFacts {
  readonly birthMonth: number;
  readonly sex: number;
  readonly retirementCategory: number;
  readonly scheme: number;
  readonly deemedMonths: number;
  readonly status: number;
  readonly specialTradeMonths: number;
  readonly pensionSince: number;
  readonly unemploymentClaimedMonths: number;
  readonly lastUnemploymentClaimEnd: number;
  readonly lastTermination: number;
  readonly lastTerminationReason: number;
}

/** A person of whom only contributions are known: the birth month 0 satisfies no statement about age. */
export const unknownFacts: PersonFacts = {
  birthMonth: 0,
  sex: 0,
  retirementCategory: 0,
  scheme: 0,
  deemedMonths: 0,
  status: 0,
  specialTradeMonths: 0,
  pensionSince: 0,
  unemploymentClaimedMonths: 0,
  lastUnemploymentClaimEnd: 0,
  lastTermination: 0,
  lastTerminationReason: 0,
};
