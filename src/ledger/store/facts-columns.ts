import type { PersonFacts } from '../record.ts';

/** Column of each fact, in a fixed order. */
export const factsColumns = {
  birthMonth: 'birth_month',
  sex: 'sex',
  retirementCategory: 'retirement_category',
  scheme: 'scheme',
  deemedMonths: 'deemed_months',
  status: 'status',
  specialTradeMonths: 'special_trade_months',
  pensionSince: 'pension_since',
  unemploymentClaimedMonths: 'unemployment_claimed_months',
  lastUnemploymentClaimEnd: 'last_unemployment_claim_end',
  lastTermination: 'last_termination',
  lastTerminationReason: 'last_termination_reason',
} as const satisfies Record<keyof PersonFacts, string>;

type FactsRow = Readonly<Record<(typeof factsColumns)[keyof PersonFacts], number>>;

export function factsFromRow(row: FactsRow): PersonFacts {
  const entries = Object.entries(factsColumns).map(([name, column]) => [name, row[column]]);
  return Object.fromEntries(entries) as Record<keyof PersonFacts, number>;
}

export function factsToRow(facts: PersonFacts): FactsRow {
  const entries = Object.entries(factsColumns).map(([name, column]) => [
    column,
    facts[name as keyof PersonFacts],
  ]);
  return Object.fromEntries(entries) as FactsRow;
}
