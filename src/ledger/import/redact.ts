import type { ErrorFacts } from '../../core/errors/canbao-error.ts';
import type { Mapping } from './mapping.ts';
import { mappedColumns } from './mapping.ts';
import type { Cells } from './read-field.ts';

const MAX_LENGTH = 64;

/**
 * Hides anything that could be an ID number, 15 or 18 digits long, wherever it turns up, and
 * replaces what a database cannot hold (control characters, halves of surrogate pairs).
 */
function maskText(text: string): string {
  const masked = text
    .replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd')
    .replace(/[\d\uff10-\uff19]{15,}[XxＸｘ]?/g, (found) => '*'.repeat(found.length));
  return masked.length > MAX_LENGTH
    ? `${masked.slice(0, MAX_LENGTH).replace(/\p{Cs}$/u, '')}…`
    : masked;
}

export function maskFacts(facts: ErrorFacts): Record<string, string> {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, maskText(String(value ?? ''))]),
  );
}

/**
 * What of a refused row may be kept in the clear: the cells of mapped columns without the person's
 * number and day of birth, and nothing where the columns are out of step with the header, so that no name slips in.
 */
export function redactCells(mapping: Mapping, cells: Cells | undefined): Record<string, string> {
  if (!cells) return {};
  const hidden = [mapping.person.column, mapping.kind === 'persons' ? mapping.birth.column : ''];
  const kept = mappedColumns(mapping).filter((column) => !hidden.includes(column));
  return Object.fromEntries(kept.map((column) => [column, maskText(cells.get(column) ?? '')]));
}
