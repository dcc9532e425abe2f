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
    const known = await readLeaves(indices, reasons);
    yield {
      leaves: indices.map((index) => known.get(index) ?? EMPTY_LEAF),
      unreadable: indices
        .filter((index) => !known.has(index))
        .map((index) => ({ index, reason: reasons.get(index) ?? 'its row is gone' })),
    };
  }

  /** All at once; where that fails by halves, so that a bad row spoils its own leaf alone. */
  async function readLeaves(
    indices: readonly number[],
    reasons: Map<number, string>,
  ): Promise<ReadonlyMap<number, Fr>> {
    try {
      return new Map(tree.leaves(await tree.read(db, epoch, indices), epoch.month, hash));
    } catch (error) {
      if (!isBadRow(error)) throw error;
      const [index] = indices;
      if (indices.length === 1 && index !== undefined) {
        reasons.set(index, error.message);
        return new Map();
      }
      const half = Math.ceil(indices.length / 2);
      return new Map([
        ...(await readLeaves(indices.slice(0, half), reasons)),
        ...(await readLeaves(indices.slice(half), reasons)),
      ]);
    }
  }
}

/** What building a leaf of values that no import writes fails with; a database's own errors are neither. */
function isBadRow(error: unknown): error is Error {
  return error instanceof CanbaoError || error instanceof RangeError || error instanceof TypeError;
}
