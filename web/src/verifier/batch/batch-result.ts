import type { CanbaoError, Language } from '../../../../src/core/errors/canbao-error.ts';
import type { CheckedVerdict } from '../verdict/checked-verdict.ts';

/** What became of one. */
export interface BatchRow {
  readonly name: string;
  /** Undefined where there was nothing to check: `problem` says why. */
  readonly verdict?: CheckedVerdict | undefined;
  readonly problem?: CanbaoError | undefined;
  /** The verdict in another language; a service's stays in the one it was asked in. */
  readonly retell?: ((language: Language) => CheckedVerdict) | undefined;
  /** Name of an earlier one that holds and is of the same person. */
  readonly repeats?: string | undefined;
}

export type RowState = 'holds' | 'refused' | 'unreadable';

export function stateOf({ verdict }: Pick<BatchRow, 'verdict'>): RowState {
  if (verdict?.valid) return 'holds';
  return !verdict || verdict.reason === 'malformed' ? 'unreadable' : 'refused';
}

export interface BatchTotals {
  readonly total: number;
  readonly valid: number;
  readonly refused: number;
  readonly unreadable: number;
  readonly repeated: number;
  /** Different people among those that hold; only where all are for one purpose. */
  readonly people: number | undefined;
}

/**
 * Marks who is there already. A person has one number for an audience and purpose: what does not hold
 * says nothing of its number.
 */
export function withRepeats(rows: readonly BatchRow[]): BatchRow[] {
  const first = new Map<string, string>();
  return rows.map(({ repeats: _, ...row }) => {
    const { verdict, name } = row;
    if (!verdict?.valid) return row;
    const person = `${verdict.scope} ${verdict.nullifier}`;
    const repeats = first.get(person);
    if (repeats === undefined) first.set(person, name);
    return repeats === undefined ? row : { ...row, repeats };
  });
}

export function totalsOf(rows: readonly BatchRow[]): BatchTotals {
  const count = (is: (row: BatchRow) => boolean) => rows.filter(is).length;
  const valid = rows.filter(({ verdict }) => verdict?.valid);
  const scopes = new Set(valid.map(({ verdict }) => verdict?.scope));
  const repeated = count(({ repeats }) => repeats !== undefined);
  return {
    total: rows.length,
    valid: valid.length,
    refused: count((row) => stateOf(row) === 'refused'),
    unreadable: count((row) => stateOf(row) === 'unreadable'),
    repeated,
    people: scopes.size <= 1 ? valid.length - repeated : undefined,
  };
}

export function rowsIn(rows: readonly BatchRow[], language: Language): BatchRow[] {
  return rows.map((row) => (row.retell ? { ...row, verdict: row.retell(language) } : row));
}
