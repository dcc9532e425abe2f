import type { MonthIndex } from '../../core/month.ts';
import { type IdNumber, parseIdNumber } from '../id-number.ts';
import type { ContributionRecord, PersonFacts } from '../record.ts';
import type { Mapping } from './mapping.ts';
import { normaliseContribution } from './normalise-contribution.ts';
import { normalisePerson } from './normalise-person.ts';
import { type Cells, FieldFault, type Refusal, readRequired } from './read-field.ts';

/** What one row of an export says, and what of it cannot be taken. */
export interface NormalisedRow {
  /** Absent where the person column itself is refused. */
  readonly person?: IdNumber;
  /** Of a contributions file. */
  readonly records: readonly ContributionRecord[];
  /** Of a persons file. */
  readonly facts?: PersonFacts;
  readonly refusals: readonly Refusal[];
}

/**
 * Reads one row by its mapping. Pure; never throws for what a row holds.
 * @param present the month after which nothing can have been owed or settled
 */
export function normaliseRow(mapping: Mapping, cells: Cells, present: MonthIndex): NormalisedRow {
  try {
    const person = readRequired(cells, mapping.person.column, parseIdNumber);
    if (mapping.kind === 'contributions') {
      return { person, ...normaliseContribution(mapping, cells, present) };
    }
    return { person, records: [], facts: normalisePerson(mapping, cells, present), refusals: [] };
  } catch (error) {
    if (error instanceof FieldFault) return { records: [], refusals: [error] };
    throw error;
  }
}
