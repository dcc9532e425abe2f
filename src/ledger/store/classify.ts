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
  /** As {@link Keyed} has it. */
  readonly content: () => string;
  readonly source: string;
  /** Whether a row of the file being imported has said this already. */
  readonly thisFile: boolean;
}

export interface Keyed {
  readonly key: number;
  /** Canonical text of all that a version says; asked for only where a key is there twice. */
  readonly content: () => string;
}

/**
 * Decides on rows in file order. The first row of a key counts; a later one of the same file must
 * agree with it. A key belongs to the source that brought it.
 * @param held effective versions by key, before these rows
 */
export function classify(
  rows: readonly Keyed[],
  held: ReadonlyMap<number, Held>,
  source: string,
): Outcome[] {
  const now = new Map(held);
  return rows.map(({ key, content }) => {
    const before = now.get(key);
    const outcome = decide(before, content, source);
    if (outcome.kind !== 'refused') {
      now.set(key, { id: before?.id ?? 0, content, source, thisFile: true });
    }
    return outcome;
  });
}

function decide(before: Held | undefined, content: () => string, source: string): Outcome {
  if (!before) return { kind: 'added' };
  if (before.source !== source) {
    const error = new CanbaoError('ledger.owned_by_other_source', { source: before.source });
    return { kind: 'refused', error };
  }
  if (before.content() === content()) return { kind: before.thisFile ? 'duplicate' : 'unchanged' };
  if (before.thisFile) {
    return { kind: 'refused', error: new CanbaoError('ledger.conflicting_duplicate') };
  }
  return { kind: 'corrected', supersedes: before.id };
}
