import { CanbaoError } from '../../core/errors/canbao-error.ts';

/** What becomes of a row that could be read. */
export type Outcome =
  | { readonly kind: 'added' }
  /** A different content from the same source: the earlier version is superseded. */
  | { readonly kind: 'corrected'; readonly supersedes: number }
  /** An earlier file of this source said the same. */
  | { readonly kind: 'unchanged' }
  /** This file has said the same before. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'refused'; readonly error: CanbaoError };

/** The effective version of a key. */
export interface Held {
  readonly id: number;
  /** Canonical text of all that it says. */
  readonly content: string;
  readonly source: string;
  /** Whether a row of the file being imported has said this already. */
  readonly thisFile: boolean;
}

/**
 * Decides on rows in file order. The first row of a key counts; a later one of the same file must
 * agree with it. A key belongs to the source that brought it.
 * @param content canonical text of all that row `i` says; asked for only where a key is there twice
 * @param held effective versions by key, before these rows
 */
export function classify(
  keys: readonly number[],
  content: (i: number) => string,
  held: ReadonlyMap<number, Held>,
  source: string,
): Outcome[] {
  const first = new Map<number, number>();
  return keys.map((key, i) => {
    const earlier = first.get(key);
    if (earlier !== undefined) return content(earlier) === content(i) ? duplicate : conflicting();
    const before = held.get(key);
    const outcome = before ? decide(before, content(i), source) : added;
    if (outcome.kind !== 'refused') first.set(key, i);
    return outcome;
  });
}

const added: Outcome = { kind: 'added' };
const unchanged: Outcome = { kind: 'unchanged' };
const duplicate: Outcome = { kind: 'duplicate' };
const conflicting = (): Outcome => ({
  kind: 'refused',
  error: new CanbaoError('ledger.conflicting_duplicate'),
});

function decide(before: Held, content: string, source: string): Outcome {
  if (before.source !== source) {
    const error = new CanbaoError('ledger.owned_by_other_source', { source: before.source });
    return { kind: 'refused', error };
  }
  if (before.content === content) return before.thisFile ? duplicate : unchanged;
  return before.thisFile ? conflicting() : { kind: 'corrected', supersedes: before.id };
}
