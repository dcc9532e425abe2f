import type { Poseidon } from '../../core/poseidon.ts';
import { emptyFoot, TILE_LEVELS, TILE_WIDTH, type Tile } from '../../ledger/build/tile.ts';
import type { TileAddress, TreeName } from '../../ledger/store/tiles.ts';

export type TileReader = (address: TileAddress) => Promise<Tile>;

/** Where two ledgers part: the first leaf that differs. */
export interface Difference {
  readonly tree: TreeName;
  readonly first: number;
  /** `first` where it is one leaf; more where nodes differ over tiles that do not. */
  readonly last: number;
}

const trees = ['accounts', 'employers'] as const satisfies readonly TreeName[];

/**
 * Walks down two epochs' tiles, from each root to the first leaf that differs: four tiles of each.
 * @returns no difference where all tiles read are the same; `tiles` counts pairs
 */
export async function firstDifference(
  ours: TileReader,
  theirs: TileReader,
  hash: Poseidon,
): Promise<{ readonly difference?: Difference; readonly tiles: number }> {
  let tiles = 0;
  for (const tree of trees) {
    const difference = await walk(tree, async (level, index) => {
      tiles++;
      const address = { tree, level, index };
      const foot = emptyFoot(level, hash);
      return firstOther(await ours(address), await theirs(address), foot);
    });
    if (difference) return { difference, tiles };
  }
  return { tiles };
}

/** @param compare the first child of a tile that differs, if any */
async function walk(
  tree: TreeName,
  compare: (level: number, index: number) => Promise<number | undefined>,
): Promise<Difference | undefined> {
  let index = 0;
  for (let level = TILE_LEVELS - 1; level >= 0; level--) {
    const child = await compare(level, index);
    if (child === undefined) {
      if (level === TILE_LEVELS - 1) return undefined;
      const leaves = TILE_WIDTH ** (level + 1);
      return { tree, first: index * leaves, last: (index + 1) * leaves - 1 };
    }
    index = index * TILE_WIDTH + child;
  }
  return { tree, first: index, last: index };
}

function firstOther(one: Tile, other: Tile, foot: Tile[number]): number | undefined {
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    if ((one[i] ?? foot) !== (other[i] ?? foot)) return i;
  }
  return undefined;
}
