import { CanbaoError } from '../../core/errors/canbao-error.ts';
import type { Fr } from '../../core/field.ts';
import type { Poseidon } from '../../core/poseidon.ts';
import { ledgerTrees } from '../../ledger/build/ledger-trees.ts';
import { TILE_WIDTH } from '../../ledger/build/tile.ts';
import type { StoredEpoch } from '../../ledger/store/epochs.ts';
import type { Db } from '../../ledger/store/tables.ts';
import type { TreeName } from '../../ledger/store/tiles.ts';
import { EMPTY_LEAF } from '../../ledger/tree.ts';

/** A place whose rows make no leaf. */
export interface UnreadableLeaf {
  readonly index: number;
  readonly reason: string;
}

/**
 * Leaves of a tree out of the records, in order, a tile's worth at a time. Where rows make none, the
 * leaf is empty and the place is named.
 * @param count leaves there are, however many the epoch says
 */
export async function* rebuiltLeaves(
  name: TreeName,
  db: Db,
  epoch: StoredEpoch,
  { count, hash }: { readonly count: number; readonly hash: Poseidon },
): AsyncIterable<{ readonly leaves: Fr[]; readonly unreadable: UnreadableLeaf[] }> {
  const tree = ledgerTrees[name];
  for (let start = 0; start < count; start += TILE_WIDTH) {
    const length = Math.min(TILE_WIDTH, count - start);
    const indices = Array.from({ length }, (_, i) => start + i);
    const reasons = new Map<number, string>();
    const known = await readTogether(indices).catch((error) => {
      if (!isBadRow(error)) throw error;
      return readAlone(indices, reasons);
    });
    yield {
      leaves: indices.map((index) => known.get(index) ?? EMPTY_LEAF),
      unreadable: indices
        .filter((index) => !known.has(index))
        .map((index) => ({ index, reason: reasons.get(index) ?? 'its row is gone' })),
    };
  }

  async function readTogether(indices: readonly number[]): Promise<Map<number, Fr>> {
    return new Map(tree.leaves(await tree.read(db, epoch, indices), epoch.month, hash));
  }

  /** One by one, so that a row nothing can be made of spoils its own leaf alone. */
  async function readAlone(
    indices: readonly number[],
    reasons: Map<number, string>,
  ): Promise<Map<number, Fr>> {
    const known = new Map<number, Fr>();
    for (const index of indices) {
      try {
        for (const [, leaf] of await readTogether([index])) known.set(index, leaf);
      } catch (error) {
        if (!isBadRow(error)) throw error;
        reasons.set(index, error.message);
      }
    }
    return known;
  }
}

/** What building a leaf of values that no import writes fails with; a database's own errors are neither. */
function isBadRow(error: unknown): error is Error {
  return error instanceof CanbaoError || error instanceof RangeError || error instanceof TypeError;
}
