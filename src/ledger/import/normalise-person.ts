import type { MonthIndex } from '../../core/month.ts';
import { benefitsLayout, profileLayout } from '../account.ts';
import {
  type PersonFacts,
  retirementCategories,
  schemes,
  sexes,
  statuses,
  terminationReasons,
} from '../record.ts';
import type { PersonsMapping } from './mapping.ts';
import {
  type Cells,
  pastMonth,
  readCoded,
  readOptional,
  readRequired,
  wholeNumber,
} from './read-field.ts';

/**
 * The facts of one person's row. A column the mapping does not have counts as 0, "none".
 * @throws FieldFault
 */
export function normalisePerson(
  mapping: PersonsMapping,
  cells: Cells,
  present: MonthIndex,
): PersonFacts {
  const count = (spec: PersonsMapping['deemedMonths'], bits: number) =>
    spec ? (readOptional(cells, spec, (text) => wholeNumber(text, 2 ** bits - 1)) ?? 0) : 0;
  const month = (spec: PersonsMapping['pensionSince']) =>
    spec ? (readOptional(cells, spec, (text) => pastMonth(text, spec.form, present)) ?? 0) : 0;
  const reason = mapping.lastTerminationReason;
  return {
    sex: sexes.indexOf(readCoded(cells, mapping.sex)),
    birthMonth: readRequired(cells, mapping.birth.column, (text) =>
      pastMonth(text, mapping.birth.form, present),
    ),
    retirementCategory: retirementCategories.indexOf(readCoded(cells, mapping.retirementCategory)),
    scheme: schemes.indexOf(readCoded(cells, mapping.scheme)),
    status: statuses.indexOf(readCoded(cells, mapping.status)),
    deemedMonths: count(mapping.deemedMonths, profileLayout.deemedMonths),
    specialTradeMonths: count(mapping.specialTradeMonths, profileLayout.specialTradeMonths),
    pensionSince: month(mapping.pensionSince),
    unemploymentClaimedMonths: count(
      mapping.unemploymentClaimedMonths,
      benefitsLayout.unemploymentClaimedMonths,
    ),
    lastUnemploymentClaimEnd: month(mapping.lastUnemploymentClaimEnd),
    lastTermination: month(mapping.lastTermination),
    lastTerminationReason: reason ? terminationReasons.indexOf(readCoded(cells, reason)) : 0,
  };
}
